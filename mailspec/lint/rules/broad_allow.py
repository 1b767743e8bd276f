"""An exception from the spam filter for everybody's provider."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..providers import PROVIDERS
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Whole domains in `spam.allow` where anybody can have an address."""
    for index, name in enumerate(view.spec.spam.allow):
        if name in PROVIDERS:
            fact = f"`{name}` in `spam.allow` exempts everybody who has an address there, spammers too"
            yield Advice(("spam", "allow", index), fact, f"name the addresses: `friend@{name}`", name)
