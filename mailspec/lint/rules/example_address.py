"""A server with an address from the documentation (RFC 5737, RFC 3849)."""

from collections.abc import Iterator

from ...model.tls import Source
from ..addresses import is_example
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Servers with a real certificate and an address that belongs to nobody."""
    for name, server in view.spec.servers.items():
        for index, address in enumerate(server.addresses):
            if view.spec.tls.source is Source.FILES and is_example(address):
                fact = f"`{address}` of `{name}` is an address for examples, which nobody can reach"
                yield Advice(("servers", name, "addresses", index), fact, "write the address the server really has")
