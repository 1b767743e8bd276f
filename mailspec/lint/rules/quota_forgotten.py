"""An account without a quota where the others have one."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Unlimited mailboxes in a domain that limits most of them."""
    enabled = {key: account for key, account in view.spec.accounts.items() if account.enabled}
    unlimited = [key for key, account in enabled.items() if not account.quota]
    limited = len(enabled) - len(unlimited)
    if limited < 3 or limited <= len(unlimited):
        return
    for key in unlimited:
        fact = f"`{key}` has no `quota`, while {limited} other accounts have one"
        yield Advice(("accounts", key), fact, "add `quota: 10G`, or silence this with the reason")
