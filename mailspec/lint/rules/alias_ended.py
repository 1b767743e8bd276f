"""An alias whose last day is over."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Aliases that have ended by the day named, and still hold their address."""
    for key, alias in view.spec.aliases.items():
        if view.day and alias.until and alias.until < view.day:
            fact = f"`{key}` ended on {alias.until}: mail to it is refused, and nobody else can have the address"
            yield Advice(("aliases", key, "until"), fact, "remove the alias, or move `until`")
