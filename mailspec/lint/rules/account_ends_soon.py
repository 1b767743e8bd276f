"""An account whose last day is near."""

from collections.abc import Iterator
from datetime import timedelta

from ...model.accounts import State
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_SOON = timedelta(days=30)


def check(view: View) -> Iterator[Advice]:
    """Accounts that end within thirty days of the day named."""
    for key, account in view.spec.accounts.items():
        if not view.day or not account.until or account.state is State.ARCHIVED:
            continue
        if view.day <= account.until <= view.day + _SOON:
            fact = f"`{key}` ends on {account.until}; after that day nobody can log in, and its mail is refused"
            hint = "tell the person, hand on the addresses, or move `until`"
            yield Advice(("accounts", key, "until"), fact, hint)
