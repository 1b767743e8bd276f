"""Nearly nothing between a mark and a refusal."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_LEAST = 4


def check(view: View) -> Iterator[Advice]:
    """Thresholds that leave the Junk folder empty."""
    spam = view.spec.spam
    if spam.reject - spam.mark < _LEAST:
        fact = f"only scores from {spam.mark} to below {spam.reject} reach the Junk folder"
        yield Advice(("spam", "reject"), fact, "leave room between the two, for example 6 and 15")
