"""A server name that looks like one of a provider's many (generic reverse DNS)."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_WORDS = re.compile(r"(?:^|[.-])(?:dhcp|dial|dialup|dsl|dyn|dynamic|ip|pool|ppp|static|vps)[0-9]*(?=[.-])")


def check(view: View) -> Iterator[Advice]:
    """Servers named after their address, or with a word that marks a customer's line."""
    for name, server in view.spec.servers.items():
        if _WORDS.search(name) or any(_holds(name, address) for address in server.addresses):
            fact = f"`{name}` looks like the name of a customer's line, not of a mail server"
            hint = "choose a name such as `mx1.example.org`, and have the PTR record of each address changed to it"
            yield Advice(("servers", name), fact, hint, on_key=True)


def _holds(name: str, address: IPv4Address | IPv6Address) -> bool:
    """Whether the end of an IPv4 address stands in a name, in either direction."""
    if address.version == 6:
        return False
    *_, third, fourth = str(address).split(".")
    return any(re.search(rf"(?<![a-z0-9]){a}[.-]{b}(?![a-z0-9])", name) for a, b in ((third, fourth), (fourth, third)))
