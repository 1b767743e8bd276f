"""Limits: too large a message is refused before it is sent (RFC 1870)."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Mail, Refused
from .outside import STRANGER


def cases(book: Book) -> Iterator[Case]:
    """One message that announces too much, from a stranger and from a user."""
    login = book.spec.address(book.spec.postmaster)
    too_large = book.host.message_size + 1
    for port, user in ((25, ""), (465, login), (587, login)):
        yield Mail(
            id=f"size/{port}",
            sentence=f"a message of {too_large} bytes is refused on port {port}",
            to=(login,),
            expect=Refused((552,), ("MAIL",)),
            login=user,
            port=port,
            size=too_large,
            sender=user or STRANGER,
        )
