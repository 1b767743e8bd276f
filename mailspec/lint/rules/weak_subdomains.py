"""Names below a domain that are easier to forge than the domain (RFC 9989)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains with a weaker policy below them."""
    for name, domain in view.spec.domains.items():
        own, below = domain.dmarc.policy, domain.dmarc.below
        if below.rank < own.rank:
            fact = f"names below `{name}` have the policy `{below}`, weaker than its own, `{own}`"
            hint = "leave `subdomains` out once everybody who sends as these names is known"
            yield Advice(("domains", name, "dmarc", "subdomains"), fact, hint)
