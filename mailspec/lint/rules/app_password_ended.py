"""An app password whose last day is over."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """App passwords that have ended by the day named."""
    for key, account in view.spec.accounts.items():
        for label, app in account.app_passwords.items():
            if view.day and app.until and app.until < view.day:
                fact = f"the app password `{label}` of `{key}` ended on {app.until}"
                hint = f"run `mailspec account app-password remove SPEC {key} {label}`, or move `until`"
                yield Advice(("accounts", key, "app_passwords", label, "until"), fact, hint)
