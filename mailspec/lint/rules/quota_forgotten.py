"""An account without a quota where the others have one."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Unlimited mailboxes in a domain that limits most of them."""
    unlimited = [key for key, account in view.spec.accounts.items() if account.receives and not account.quota]
    limited = sum(account.receives and account.quota > 0 for account in view.spec.accounts.values())
    if limited < 3 or limited <= len(unlimited):
        return
    for key in unlimited:
        fact = f"`{key}` has no `quota`, while {limited} other accounts have one"
        yield Advice(("accounts", key), fact, "add `quota: 10G`, or silence this with the reason")
