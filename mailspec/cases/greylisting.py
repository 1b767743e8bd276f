"""Greylisting: the first delivery of a suspicious message is put off (RFC 6647)."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Mail, Origin, Refused
from .outside import PLAIN


def cases(book: Book) -> Iterator[Case]:
    """One message that looks suspicious without being spam."""
    greylisting = book.spec.spam.greylisting
    if not greylisting.enabled or book.spec.spam.mark > 100:
        return
    yield Mail(
        id="greylisting/first-delivery",
        sentence="suspicious mail of an unknown sender has to be tried twice",
        to=(book.spec.address(book.spec.postmaster).replace("@", "+greylisting@"),),
        expect=Refused((451,), ("DATA",)),
        sender=f"suspect@{PLAIN}",
        without=("Message-ID", "Date", "Subject"),
        origin=Origin.CONTROLLER,
    )
