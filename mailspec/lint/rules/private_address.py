"""A server with an address that only its own network reaches (RFC 1918, RFC 4193)."""

from collections.abc import Iterator

from ..addresses import is_example
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Server addresses that are not public."""
    for name, server in view.spec.servers.items():
        for index, address in enumerate(server.addresses):
            if not address.is_global and not is_example(address):
                fact = f"`{address}` of `{name}` is not public, but its DNS record tells the world to use it"
                hint = "write the public address; how Ansible reaches the server stands in `host_vars`"
                yield Advice(("servers", name, "addresses", index), fact, hint)
