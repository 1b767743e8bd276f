"""A server without an IPv6 address."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Servers that only have IPv4 addresses."""
    for name, server in view.spec.servers.items():
        if all(address.version == 4 for address in server.addresses):
            fact = f"`{name}` has no IPv6 address"
            hint = 'add one, in quotes: `"2001:db8:1::25"`, or silence this when your network has none'
            yield Advice(("servers", name, "addresses"), fact, hint)
