"""More report addresses than others serve (RFC 9990)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


_MOST = 2


def check(view: View) -> Iterator[Advice]:
    """Domains with more than two addresses for one kind of report."""
    for name, domain in view.spec.domains.items():
        for key in ("reports", "failure_reports"):
            count = len(set(getattr(domain.dmarc, key)))
            if count > _MOST:
                fact = f"`{name}` names {count} addresses, and others need to serve only the first {_MOST}"
                yield Advice(("domains", name, "dmarc", key), fact, "name a list or an alias that reaches everybody")
