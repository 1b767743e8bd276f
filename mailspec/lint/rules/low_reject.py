"""A threshold that loses ordinary mail."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_LOWEST = 10


def check(view: View) -> Iterator[Advice]:
    """`spam.reject` so low that honest mail is refused."""
    reject = view.spec.spam.reject
    if reject < _LOWEST:
        fact = f"some honest mail has a score of {reject}, and would be refused"
        yield Advice(("spam", "reject"), fact, "use 15: what scores less goes to the Junk folder, where people find it")
