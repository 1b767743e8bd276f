"""A server that most of the world can not reach."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Servers without an IPv4 address."""
    for name, server in view.spec.servers.items():
        if all(address.version == 6 for address in server.addresses):
            fact = f"`{name}` has no IPv4 address, so servers without IPv6 can neither send to it nor receive from it"
            yield Advice(("servers", name, "addresses"), fact, "add an IPv4 address")
