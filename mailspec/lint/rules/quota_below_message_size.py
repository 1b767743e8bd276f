"""A mailbox too small for the largest message."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts whose quota is below the size that every server is told it may send."""
    largest = view.spec.limits.message_size
    for key, account in view.spec.accounts.items():
        if account.receives and 0 < account.quota < largest:
            fact = f"the quota of `{key}` is below `limits.message_size`: even when empty it refuses what is offered"
            yield Advice(("accounts", key, "quota"), fact, "raise the quota to several messages of the largest size")
