"""The address somebody asks about, in the form the servers know it."""

import difflib
import re

from pydantic_core import PydanticCustomError

from ..model.domain import MailDomain
from ..model.text import domain_name
from ..problem import SpecError
from ..routing import Route
from ..shown import shown

_LOCAL = re.compile(r"(?!.{65})[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")


def full(spec: MailDomain, address: str, what: str = "ADDRESS") -> str:
    """An address, full or short as in the spec, in lower case and with an A-label domain.

    Raises SpecError when the text is no address a server here would take.
    """
    text = address.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    local, sign, domain = text.rpartition("@")
    if not sign:
        local, domain = domain, spec.main_domain
    try:
        domain = domain_name(domain)
    except PydanticCustomError:
        local = ""
    local = local.lower()
    if not _LOCAL.match(local):
        fact = f"`{shown(address)}` is no address"
        hint = "write `alice@example.org`, or `alice` for the main domain"
        if local and not local.isascii():
            fact = f"`{shown(address)}` has letters beyond ASCII before the `@`, which the servers refuse"
            hint = "only the domain may be international: `alice@bücher.example`"
        raise SpecError.at(what, "bad-address", fact, hint)
    return f"{local}@{domain}"


def nearest(spec: MailDomain, table: dict[str, Route], address: str) -> str:
    """The address that somebody may have meant; empty when nothing is near."""
    local, _, domain = address.rpartition("@")
    if domain not in spec.domains:
        names = difflib.get_close_matches(domain, spec.domains, 1, 0.8)
        meant = f"{local}@{names[0]}" if names else ""
        base = f"{local.partition('+')[0]}@{spec.canonical(names[0])}" if names else ""
        return meant if base in table and table[base].kind != "closed" else ""
    canonical = spec.canonical(domain)
    base = local.partition("+")[0]
    known = (known.rpartition("@") for known, route in table.items() if route.kind != "closed")
    same = {name: f"{name}@{domain}" for name, _, home in known if home == canonical and abs(len(name) - len(base)) < 3}
    found = difflib.get_close_matches(base, same, 1, 0.7)
    if found:
        return same[found[0]]
    elsewhere = sorted(
        other for other in spec.domains if other != domain and f"{base}@{spec.canonical(other)}" in table
    )
    return f"{base}@{elsewhere[0]}" if base and elsewhere else ""
