"""A domain that does not let the relay send for it (RFC 7208)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains whose SPF record names our servers alone, while their mail comes from a relay."""
    for name, domain in view.spec.domains.items():
        if view.spec.relay and not domain.spf.senders:
            fact = f"mail of `{name}` leaves by `{view.spec.relay.host}`, which its SPF record does not name"
            yield Advice(("domains", name), fact, "set `spf: {include: [...]}` to what the operator of the relay names")
