"""An alias domain easier to forge than the one it stands for."""

from collections.abc import Iterator

from ...model.domains import Dmarc
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_STRICT = [Dmarc.NONE, Dmarc.QUARANTINE, Dmarc.REJECT]


def check(view: View) -> Iterator[Advice]:
    """Alias domains with a weaker policy."""
    for name, domain in view.spec.domains.items():
        target = view.spec.domains.get(domain.alias_of or "")
        if target and _STRICT.index(domain.dmarc) < _STRICT.index(target.dmarc):
            fact = f"`{name}` has the policy `{domain.dmarc}`, weaker than `{target.dmarc}` of `{domain.alias_of}`"
            hint = f"set `dmarc: {target.dmarc}` on `{name}` as well"
            yield Advice(("domains", name), fact, hint)
