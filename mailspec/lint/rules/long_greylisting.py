"""Greylisting that outlasts the patience of senders."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_LONGEST = 15 * 60


def check(view: View) -> Iterator[Advice]:
    """Delays above a quarter of an hour."""
    greylisting = view.spec.spam.greylisting
    if greylisting.enabled and greylisting.delay > _LONGEST:
        fact = (
            f"with a `greylisting.delay` of {greylisting.delay // 60} minutes the second try often comes too early too"
        )
        yield Advice(("spam", "greylisting", "delay"), fact, "use 5m: spam programs do not come back at all")
