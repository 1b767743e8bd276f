"""Greylisting that delays every first mail."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """A score of 0, which every message has."""
    greylisting = view.spec.spam.greylisting
    if greylisting.enabled and greylisting.score == 0:
        fact = "with `greylisting.score: 0` the first mail of every unknown sender is delayed, however harmless"
        yield Advice(("spam", "greylisting", "score"), fact, "use 4: only suspicious mail waits")
