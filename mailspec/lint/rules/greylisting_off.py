"""Greylisting switched off."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Specs that do without greylisting."""
    if not view.spec.spam.greylisting.enabled:
        fact = "without greylisting suspicious mail is judged by its first look alone"
        hint = "leave `greylisting.enabled` out: only mail that looks like spam is delayed"
        yield Advice(("spam", "greylisting", "enabled"), fact, hint)
