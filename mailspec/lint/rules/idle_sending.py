"""Limits for an account that can not send."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """`sending` of accounts that are blocked or have no login to send."""
    for key, account in view.spec.accounts.items():
        if account.sending and not account.can_send:
            fact = f"`{key}` can not send, so that its `sending` limits nothing"
            yield Advice(("accounts", key, "sending"), fact, "take `sending` away, or let the account send")
