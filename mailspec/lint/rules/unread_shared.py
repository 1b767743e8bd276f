"""A shared mailbox that nobody opens."""

from collections.abc import Iterator

from ...shared import opened
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Shared mailboxes that take mail and that nobody with a login can open."""
    read = {mailbox for mailbox, _, _, _ in opened(view.spec, view.routes)}
    for key, account in view.spec.accounts.items():
        if account.shared and account.keeps and view.spec.address(key) not in read:
            fact = f"mail to `{key}` is kept, and nobody opens it"
            hint = "name somebody who logs in by IMAP in `read`, `write` or `manage`, or write `receive: false`"
            yield Advice(("accounts", key, "shared"), fact, hint)
