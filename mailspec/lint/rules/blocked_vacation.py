"""An answer of an account that may not send."""

from collections.abc import Iterator

from ...model.accounts import State
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Answers of accounts whose state is `send-blocked`."""
    for key, account in view.spec.accounts.items():
        if account.vacation and account.state is State.SEND_BLOCKED and account.receives:
            fact = f"`{key}` is send-blocked, and its answer leaves all the same: the server sends it"
            yield Advice(("accounts", key, "vacation"), fact, "take `vacation` away while the account is blocked")
