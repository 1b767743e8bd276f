"""A Sieve script that nothing names."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Scripts beside the spec that sort nobody's mail."""
    used = {script.source for script in view.spec.scripts}
    for source in view.spec.sieve:
        if source not in used:
            fact = f"no domain and no account names `{source}`, so that it never runs"
            yield Advice(("sieve", source), fact, "name it by `sieve` of an account or domain, or remove it", source)
