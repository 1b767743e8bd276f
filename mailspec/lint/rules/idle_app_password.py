"""An app password that opens less than it names, or nothing."""

from collections.abc import Iterator

from ...explain.life import ways
from ...model.app_passwords import AppPassword
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """App passwords of accounts that can not log in, or not by a protocol that is named."""
    for key, account in view.spec.accounts.items():
        for label, app in account.app_passwords.items():
            path, lacking = ("accounts", key, "app_passwords", label), app.protocols - account.protocols
            is_said = app.protocols != AppPassword.model_fields["protocols"].default
            if not account.can_log_in:
                fact = f"the app password `{label}` opens nothing: `{key}` is {account.state}"
                hint = "remove it: with the account it would come back to life"
                yield Advice(path, fact, hint, on_key=True)
            elif lacking and (is_said or lacking == app.protocols):
                fact = f"the app password `{label}` does not open {ways(lacking)}: `{key}` has no such login"
                hint = "take that out of its `protocols`, or add it to those of the account"
                yield Advice((*path, "protocols"), fact, hint)
