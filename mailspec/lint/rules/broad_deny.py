"""A refusal of everybody at a large provider."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..providers import PROVIDERS
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Whole domains in `spam.deny` where anybody can have an address."""
    for index, name in enumerate(view.spec.spam.deny):
        if name in PROVIDERS:
            fact = f"`{name}` in `spam.deny` refuses everybody who has an address there"
            yield Advice(("spam", "deny", index), fact, "name the addresses, and leave the rest to the filter", name)
