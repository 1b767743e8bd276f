"""An account whose mail nobody can read."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts that log in and take mail, but by no protocol that reads it."""
    for key, account in view.spec.accounts.items():
        if account.can_log_in and account.receives and not account.can_read:
            fact = f"`{key}` takes mail, and no protocol of it can read it"
            hint = "write `receive: false`, or add `imap`"
            yield Advice(("accounts", key, "protocols"), fact, hint)
