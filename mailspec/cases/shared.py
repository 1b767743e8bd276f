"""Shared mailboxes: whoever the spec names opens one by IMAP and does what the right says; nobody else finds it."""

from collections.abc import Iterator

from ..model.protocols import Protocol
from ..model.shared import Right
from ..routing import named_senders
from ..shared import opened
from .book import Book
from .case import Case, Mail, Reaches, Refused
from .exchanges import Opened

_STRANGERS = 2
"""How many are tried for each mailbox who may not open it, or not send as it."""


def cases(book: Book) -> Iterator[Case]:
    """Each right of each person, and some who have none."""
    rights = {(mailbox, login): right for mailbox, login, right, _ in opened(book.spec, book.routes)}
    for mailbox in (address for address, account in book.accounts.items() if account.shared):
        known = {login: right for (name, login), right in rights.items() if name == mailbox}
        for login, right in sorted(known.items()):
            yield _opened(book, mailbox, login, right)
        able = [login for login, account in book.accounts.items() if account.can_log_in_by(Protocol.IMAP)]
        for login in [login for login in able if login not in known][:_STRANGERS]:
            yield _opened(book, mailbox, login, None)
        yield from _senders(book, mailbox)


def _opened(book: Book, mailbox: str, login: str, right: Right | None) -> Opened:
    does = {None: "does not find", Right.READ: "only reads"}.get(right, f"may {right}")
    return Opened(
        id=f"shared/{mailbox}/{login}",
        sentence=f"{login} {does} {mailbox} by IMAP",
        mailbox=mailbox,
        login=login,
        right=right,
        receives=book.accounts[mailbox].keeps and mailbox not in book.scripted,
    )


def _senders(book: Book, mailbox: str) -> Iterator[Mail]:
    """Who sends as each of its addresses, and who does not."""
    postmaster = book.spec.address(book.spec.postmaster)
    addresses = [mailbox, *map(book.spec.address, book.accounts[mailbox].aliases)]
    for address in addresses:
        named = {login for login, _ in named_senders(book.spec, book.routes, book.routes[address])}
        others = [login for login in book.senders if login not in named][:_STRANGERS]
        for login in (*sorted(named), *others):
            for name in book.names_of(address) if login in named else (address,):
                yield Mail(
                    id=f"shared/{name}/{login}/sends",
                    sentence=f"{login} {'may' if login in named else 'may not'} send as {name}",
                    to=(postmaster,),
                    expect=Reaches(book.reach(postmaster)) if login in named else Refused((553,), ("MAIL", "RCPT")),
                    login=login,
                    sender=name,
                    authors=(name,),
                    port=465,
                )
