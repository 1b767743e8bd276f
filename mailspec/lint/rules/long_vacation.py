"""An answer that goes on for months, or without an end."""

from collections.abc import Iterator
from datetime import timedelta

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_LONG = timedelta(days=90)


def check(view: View) -> Iterator[Advice]:
    """Answers without a last day, or with more than ninety days from their first day or the day named."""
    for key, account in view.spec.accounts.items():
        if not account.vacation:
            continue
        first, last = account.vacation.from_ or view.day, account.vacation.until
        path = ("accounts", key, "vacation")
        if not last:
            fact = f"the answer of `{key}` has no last day"
            yield Advice(path, fact, "write `until`; an answer that is wrong is worse than none")
        elif first and last - first > _LONG:
            fact = f"the answer of `{key}` is given for {(last - first).days + 1} days, up to {last}"
            yield Advice((*path, "until"), fact, "let a colleague read the mail, or name an earlier day")
