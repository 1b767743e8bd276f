"""A renamed account whose old name is refused."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts whose old address leads nowhere."""
    for key, account in view.spec.accounts.items():
        if not account.renamed_from:
            continue
        old = view.spec.address(account.renamed_from)
        if account.receives and view.spec.is_ours(old) and next(view.ends(old), None) is None:
            fact = f"mail to `{account.renamed_from}`, which `{key}` was called, is refused"
            yield Advice(("accounts", key, "renamed_from"), fact, f"put it into the aliases of `{key}`")
