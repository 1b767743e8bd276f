"""A server name that looks like one of a provider's many (generic reverse DNS)."""

import re
from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_WORDS = re.compile(r"(?:^|[.-])(?:dhcp|dial|dialup|dsl|dyn|dynamic|ip|pool|ppp|static|vps)[0-9]*(?=[.-])")


def check(view: View) -> Iterator[Advice]:
    """Servers named after their address, or with a word that marks a customer's line."""
    for name, server in view.spec.servers.items():
        numbers = set(re.findall("[0-9]+", name))
        octets = [set(str(address).split(".")[-2:]) for address in server.addresses if address.version == 4]
        if _WORDS.search(name) or any(last <= numbers for last in octets):
            fact = f"`{name}` looks like the name of a customer's line, not of a mail server"
            hint = "choose a name such as `mx1.example.org`, and have the PTR record of each address changed to it"
            yield Advice(("servers", name), fact, hint, on_key=True)
