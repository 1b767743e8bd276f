"""A threshold that spam does not reach."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_HIGHEST = 30


def check(view: View) -> Iterator[Advice]:
    """`spam.reject` so high that nothing is refused."""
    reject = view.spec.spam.reject
    if reject > _HIGHEST:
        fact = f"hardly any message has a score of {reject}, so nearly no spam is refused"
        yield Advice(("spam", "reject"), fact, "use 15, or 20 to be careful")
