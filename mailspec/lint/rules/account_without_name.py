"""An account without a name for people."""

from collections.abc import Iterator

from ...model.accounts import State
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Accounts in use that do not say whose they are."""
    for key, account in view.spec.accounts.items():
        if account.state is not State.ARCHIVED and account.name is None:
            hint = "add `name:`, the person or the device, so that the next reader knows whose it is"
            yield Advice(("accounts", key), f"`{key}` has no `name`", hint)
