"""Signing and the DNS in mail terms: which keys sign, what others do with forgeries, whom the zones name."""

from collections.abc import Iterator
from typing import Any

from ..model.domains import Dmarc
from .fact import Change, Fact, FactKey, Said, View
from .setting import Setting, setting_facts, settings_said

_STRICT = [Dmarc.NONE, Dmarc.QUARANTINE, Dmarc.REJECT]
_WHAT = {
    Dmarc.NONE: "deliver mail that forges {} and report it",
    Dmarc.QUARANTINE: "put mail that forges {} into the spam folder",
    Dmarc.REJECT: "refuse mail that forges {}",
}
SETTINGS = (
    Setting(
        "zone-contact",
        ("default_domain",),
        lambda view: view.spec.main_domain,
        lambda old, new: (
            "~",
            f"names without a domain mean {new} instead of {old}, and the zones name hostmaster@{new} as contact",
        ),
    ),
)


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The keys and the policy of each domain, and what signs mail of the servers."""
    yield from setting_facts(view, SETTINGS)
    for domain, settings in view.spec.domains.items():
        yield ("dmarc", domain), Fact(settings.dmarc, ("domains", domain, "dmarc"))
        holder = domain if view.spec.dkim.get(domain) else view.spec.canonical(domain)
        for selector, key in view.spec.dkim_keys(domain).items():
            value = (key.algorithm.value, key.public)
            yield ("dkim", domain, selector), Fact(value, ("dkim", holder, selector))
    for name, host in view.hosts.items():
        yield ("signs-as", name), Fact(host.signing_domain, ("domains",))


def said(change: Change) -> Iterator[Said]:
    """Keys and policies that change; those of a domain that comes or goes are in its own statement."""
    yield from settings_said(change, SETTINGS)
    for found in change.of("dkim"):
        domain, selector = found.key[1:]
        subject = f"{selector}.{domain}"
        algorithm = _algorithm(found.new or found.old)
        if domain in change.added_domains() | change.removed_domains():
            continue
        if found.sign == "+":
            text = f"mail from {domain} is also signed with the key {selector} ({algorithm})"
            yield found.says("dkim-key-added", "+", subject, text)
        elif found.sign == "-":
            text = f"mail from {domain} is no longer signed with the key {selector} ({algorithm})"
            rest = any(key[:2] == ("dkim", domain) for key in change.new)
            yield found.says("dkim-key-removed", "-", subject, text if rest else f"{text}, nor with any other")
        else:
            text = f"the key {selector} that signs mail from {domain} is replaced under the same name"
            yield found.says("dkim-key-replaced", "~", subject, text)
    for found in change.of("dmarc"):
        if found.old and found.new:
            yield _dmarc(found.subject, found, found.old.value, found.new.value)
    for found in change.of("signs-as"):
        if found.old and found.new:
            text = f"mail that {found.subject} itself sends is signed by {found.new.value} instead of {found.old.value}"
            yield found.says("server-signature", "~", found.subject, text)


def _dmarc(domain: str, found: Any, old: Any, new: Any) -> Said:
    text = f"others are asked to {_WHAT[new].format(domain)}, so far to {_WHAT[old].format('it')}"
    case = "~stricter" if _STRICT.index(new) > _STRICT.index(old) else "~weaker"
    said: Said = found.says("forgery-policy", "~none" if new is Dmarc.NONE else case, domain, text)
    return said


def _algorithm(fact: Fact | None) -> str:
    return str(fact.value[0]) if fact and isinstance(fact.value, tuple) else ""
