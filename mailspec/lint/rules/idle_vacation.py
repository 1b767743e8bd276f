"""An answer that nobody ever gets."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Answers of accounts that take no mail, and addresses they are given for whose mail goes elsewhere."""
    for key, account in view.spec.accounts.items():
        if not account.vacation:
            continue
        path = ("accounts", key, "vacation")
        if not account.receives:
            fact = f"`{key}` takes no mail, so that nobody gets its answer"
            yield Advice(path, fact, "take `vacation` away, or let an account answer that takes the mail")
            continue
        if not account.keeps:
            fact = f"`{key}` forwards its mail and keeps no copy, so that nobody gets its answer"
            yield Advice(path, fact, "keep a copy, or let the answer come from where the mail goes")
            continue
        login = view.spec.address(key)
        for index, name in enumerate(account.vacation.addresses):
            address = view.spec.address(name)
            if view.spec.is_ours(address) and login not in view.ends(address):
                fact = f"`{key}` answers for `{name}`, and gets none of its mail"
                yield Advice(
                    (*path, "addresses", index), fact, f"take `{name}` away, or make `{key}` one of its targets"
                )
