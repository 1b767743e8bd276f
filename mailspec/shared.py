"""Shared mailboxes as Dovecot has them: who opens which one in the namespace `Shared/`, and what they may do there."""

from collections.abc import Iterator

from .model.accounts import State
from .model.domain import MailDomain
from .model.protocols import Protocol
from .model.shared import Right
from .problem import KeyPath
from .routing import Route

FOLDER = "Shared"
"""Below it people see the mailboxes that are shared with them: `Shared/sales@example.org`."""
LETTERS = {Right.READ: "lr", Right.WRITE: "lrswipte", Right.MANAGE: "lrswiptekx"}
"""The rights of RFC 4314. Nobody has `a`: who opens a mailbox is said by the spec alone."""


def folder(mailbox: str) -> str:
    """The name a shared mailbox has in the mail program of others."""
    return f"{FOLDER}/{mailbox}"


def opened(spec: MailDomain, table: dict[str, Route]) -> Iterator[tuple[str, str, Right, KeyPath]]:
    """Who opens what: a mailbox, a login that has IMAP, the strongest right it has, and which part says so."""
    for name, account in spec.accounts.items():
        if not account.shared or account.state is State.ARCHIVED:
            continue
        found: dict[str, tuple[Right, KeyPath]] = {}
        for right, names in account.shared.opened():
            for index, address in spec.people(names):
                route = table.get(address)  # a group may hold people elsewhere, who have no login
                login = route.owner if route else ""
                if login and spec.mailboxes[login].can_log_in_by(Protocol.IMAP):
                    found[login] = right, ("accounts", name, "shared", str(right), index)
        for login, (right, path) in found.items():
            yield spec.address(name), login, right, path


def rights(spec: MailDomain) -> Iterator[tuple[str, str, str]]:
    """What each group of Dovecot may do in a shared mailbox and its folders: a pattern, the group, the letters."""
    for address in sorted(address for address, account in spec.mailboxes.items() if account.shared):
        for right, letters in LETTERS.items():
            for pattern in (folder(address), f"{folder(address)}/*"):
                yield pattern, f"{address}:{right}", letters
