"""Resolver: how the servers find names; the defaults ask the root servers and validate (RFC 4035)."""

import re
from typing import Annotated

from pydantic import AfterValidator, Strict

from ..shown import shown
from .network import IpAddress
from .spec import Spec, distinct, refusal
from .text import DomainName, domain_name

_Addresses = Annotated[tuple[IpAddress, ...], Strict(False)]


def _trust_anchor(value: str) -> str:
    if value in {"iana", "none"} or re.fullmatch(r"[0-9]{1,5} [0-9]{1,3} [0-9]{1,3} [0-9A-Fa-f]{40,128}", value):
        return value
    raise refusal(
        "bad-trust-anchor",
        f"`{shown(value)}` is no trust anchor",
        "write `iana`, `none`, or the DS record of the root: `20326 8 2 E06D...`",
    )


class Resolver(Spec):
    """The local validating resolver of each server."""

    forwarders: _Addresses = ()
    """Resolvers to ask instead of the authoritative servers."""

    root_hints: Annotated[dict[DomainName, _Addresses], distinct(domain_name)] = {}
    """Name servers of the root, for closed networks; empty means the ones of IANA."""

    trust_anchor: Annotated[str, AfterValidator(_trust_anchor)] = "iana"
    """What DNSSEC validation starts from: `iana`, a DS record of the root, or `none` to switch it off."""
