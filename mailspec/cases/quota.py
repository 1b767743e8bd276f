"""Quota: each mailbox has the limit of the spec, and a full one is refused in session (RFC 9208)."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Full, Quota

FILLABLE = 64 * 1024**2
"""The largest mailbox a test fills."""


def cases(book: Book) -> Iterator[Case]:
    """The limit of each account, and what happens when the smallest mailbox is full."""
    for login, account in book.readers.items():
        limit = f"{account.quota} bytes" if account.quota else "no limit"
        yield Quota(id=f"quota/{login}", sentence=f"{login} has {limit}", login=login, limit=account.quota)
    limited = sorted((account.quota, login) for login, account in book.readers.items() if account.quota)
    if limited and limited[0][0] <= FILLABLE:
        size, login = limited[0]
        names = [login, *(book.spec.address(alias) for alias in book.readers[login].aliases)]
        yield Full(
            id=f"quota/{login}/full",
            sentence=f"mail for {login} is refused with 552 while the mailbox is full",
            login=login,
            limit=size,
            to=tuple(full for name in names for full in book.names_of(name)),
        )
