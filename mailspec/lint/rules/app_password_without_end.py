"""An app password without a last day."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """App passwords that work until somebody remembers them."""
    for key, account in view.spec.accounts.items():
        for label, app in account.app_passwords.items():
            if not app.until:
                fact = f"the app password `{label}` of `{key}` has no end"
                hint = "add `until: DAY`, and a new one when it is over"
                yield Advice(("accounts", key, "app_passwords", label), fact, hint, on_key=True)
