"""A right to a shared mailbox that gives nothing."""

from collections.abc import Iterator

from ...model.protocols import Protocol
from ...model.text import group_of
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts that are named by a shared mailbox and can not use the right, or have a stronger one beside it."""
    for key, account in view.spec.accounts.items():
        stronger: dict[str, str] = {}
        for right, names in reversed(list(account.shared.opened())) if account.shared else ():
            for index, name in enumerate(names):
                person = None if group_of(name) else view.account(name)
                path = ("accounts", key, "shared", str(right), index)
                if person and not person.can_log_in_by(Protocol.IMAP):
                    fact = f"`{name}` can not log in by IMAP, and so not open `{key}`"
                    yield Advice(path, fact, f"take `{name}` away: with the login the right would come back to life")
                elif name in stronger:
                    fact = f"`{name}` may `{stronger[name]}` in `{key}`, and `{right}` gives nothing more"
                    yield Advice(path, fact, "take the weaker right away")
                stronger.setdefault(name, str(right))
        for index, name in enumerate(account.shared.send_as if account.shared else ()):
            person = None if group_of(name) else view.account(name)
            if person and not person.can_send:
                fact = f"`{name}` can not send, and so not as `{key}`"
                hint = f"take `{name}` away: with the account the right would come back to life"
                yield Advice(("accounts", key, "shared", "send_as", index), fact, hint)
