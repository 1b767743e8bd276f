"""An account whose last day is over."""

from collections.abc import Iterator

from ...model.accounts import State
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts that have ended by the day named, and still stand in the spec as if they had not."""
    for key, account in view.spec.accounts.items():
        if view.day and account.until and account.until < view.day and account.state is not State.ARCHIVED:
            fact = f"`{key}` ended on {account.until}: nobody can log in, and its mail is refused"
            hint = "write `state: archived`, remove the account, or move `until`"
            yield Advice(("accounts", key, "until"), fact, hint)
