"""An account without a name for people."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Enabled accounts that do not say whose they are."""
    for key, account in view.spec.accounts.items():
        if account.enabled and account.name is None:
            hint = "add `name:`, the person or the device, so that the next reader knows whose it is"
            yield Advice(("accounts", key), f"`{key}` has no `name`", hint)
