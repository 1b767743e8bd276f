"""An alias domain easier to forge than the one it stands for."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Alias domains with a weaker policy."""
    for name, domain in view.spec.domains.items():
        target = view.spec.domains.get(domain.alias_of or "")
        own = domain.dmarc.policy
        if target and own.rank < (wanted := target.dmarc.policy).rank:
            fact = f"`{name}` has the policy `{own}`, weaker than `{wanted}` of `{domain.alias_of}`"
            hint = f"set `dmarc: {wanted}` on `{name}` as well"
            yield Advice(("domains", name), fact, hint)
