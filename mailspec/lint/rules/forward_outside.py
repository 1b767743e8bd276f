"""An account whose mail leaves for another provider."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts that forward to addresses of other domains."""
    for key, account in view.spec.accounts.items():
        if not account.forward:
            continue
        for index, name in view.spec.people(account.forward.to):
            if not view.spec.is_ours(name):
                fact = f"mail to `{key}` leaves for `{name}`, spam and confidential mail included"
                hint = "let the person read the mailbox here, or silence this if it is meant"
                yield Advice(("accounts", key, "forward", "to", index), fact, hint)
