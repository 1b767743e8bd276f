"""An answer whose last day is over."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Answers that have ended by the day named, and still stand in the spec."""
    for key, account in view.spec.accounts.items():
        if view.day and account.vacation and account.vacation.last < view.day:
            fact = f"the answer of `{key}` ended on {account.vacation.until}"
            yield Advice(("accounts", key, "vacation", "until"), fact, "take `vacation` away, or move `until`")
