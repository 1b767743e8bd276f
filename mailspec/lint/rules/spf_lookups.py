"""An SPF record that costs more lookups than others make (RFC 7208, 4.6.4)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR

_MOST = 10


def check(view: View) -> Iterator[Advice]:
    """Domains whose own record is beyond the limit; our servers cost one lookup."""
    for name, domain in view.spec.domains.items():
        lookups = 1 + len(set(domain.spf.include))
        if lookups > _MOST:
            fact = f"the SPF record of `{name}` costs at least {lookups} lookups, and others stop after {_MOST}"
            hint = "name the addresses of some of these senders instead, or send in the name of a domain of their own"
            yield Advice(("domains", name, "spf", "include"), fact, hint)
