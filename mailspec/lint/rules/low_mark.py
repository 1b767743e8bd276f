"""A threshold that ordinary mail reaches."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_LOWEST = 4


def check(view: View) -> Iterator[Advice]:
    """`spam.mark` so low that people miss mail."""
    mark = view.spec.spam.mark
    if mark < _LOWEST:
        fact = f"newsletters, receipts and short mails often have a score of {mark}, and would go to the Junk folder"
        yield Advice(("spam", "mark"), fact, "use 6")
