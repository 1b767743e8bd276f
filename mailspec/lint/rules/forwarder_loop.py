"""A resolver that asks itself."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Forwarders that are the server itself."""
    own = {address for server in view.spec.servers.values() for address in server.addresses}
    for index, address in enumerate(view.spec.resolver.forwarders):
        if address in own or address.is_loopback:
            fact = f"the forwarder `{address}` is the server itself: it would ask itself without end"
            hint = "name another resolver, or leave `forwarders` out to ask the authoritative servers"
            yield Advice(("resolver", "forwarders", index), fact, hint, str(address))
