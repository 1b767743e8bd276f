"""A password hash of an older scheme, as the vault tells."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_OLDER = frozenset({"CRYPT", "SHA256-CRYPT", "SSHA256", "SSHA512"})


def check(view: View) -> Iterator[Advice]:
    """Accounts whose hash is quicker to guess than those made today."""
    for key, account in view.spec.accounts.items():
        scheme = view.schemes.get(account.entry)
        if scheme in _OLDER:
            fact = f"the password of `{key}` is kept as {scheme}, a scheme for accounts from older systems"
            hint = f"run `mailspec secret set SPEC {account.entry}` with the next change of the password"
            yield Advice(("accounts", key, "password", "hash"), fact, hint)
