"""Accounts with one password among them."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts that name the same entry of the vault."""
    first: dict[str, str] = {}
    for key, account in view.spec.accounts.items():
        other = first.setdefault(account.entry, key) if account.entry else key
        if other != key:
            fact = f"`{key}` has the same password as `{other}`: both name the secret `{account.entry}`"
            hint = "give each account its own: `hash: !secret NAME`, then `mailspec secret set`"
            yield Advice(("accounts", key, "password", "hash"), fact, hint)
    for key, account in view.spec.accounts.items():
        for label, app in account.app_passwords.items():
            name = f"{key}/{label}"
            other = first.setdefault(app.hash.name, name)
            if other != name:
                fact = f"the app password `{name}` is that of `{other}`: both name the secret `{app.hash.name}`"
                hint = f"run `mailspec account app-password remove SPEC {key} {label}`, and add it again"
                yield Advice(("accounts", key, "app_passwords", label, "hash"), fact, hint)
