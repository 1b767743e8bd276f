"""A login that attackers try first."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_TRIED = frozenset(
    [
        "admin",
        "administrator",
        "backup",
        "contact",
        "demo",
        "guest",
        "help",
        "info",
        "mail",
        "office",
        "postmaster",
        "root",
        "sales",
        "scan",
        "service",
        "support",
        "sysadmin",
        "test",
        "user",
        "webmaster",
    ]
)


def check(view: View) -> Iterator[Advice]:
    """Accounts with a login whose name is on the lists that bots carry."""
    for key, account in view.spec.accounts.items():
        if account.can_log_in and key.partition("@")[0] in _TRIED:
            fact = f"`{key}` is one of the logins that attackers try first"
            hint = "make it an alias of a person, or a list: an address without a login has no password to guess"
            yield Advice(("accounts", key), fact, hint)
