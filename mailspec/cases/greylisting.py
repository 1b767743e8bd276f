"""Greylisting: the first delivery of a suspicious message is put off (RFC 6647)."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Mail, Origin, Refused
from .outside import PLAIN

_LOOKS = (
    (6, 9, ()),
    (8, 11, ("Message-ID",)),
    (11, 14, ("Date", "Message-ID", "Subject")),
)
"""What a client without a name leaves out, and between which scores the message then is."""


def cases(book: Book) -> Iterator[Case]:
    """One message that looks suspicious without being spam, if the scores leave room for one."""
    spam = book.spec.spam
    fitting = [without for low, high, without in _LOOKS if spam.greylisting.score <= low and high < spam.reject]
    if not spam.greylisting.enabled or not fitting:
        return
    yield Mail(
        id="greylisting",
        sentence="suspicious mail of an unknown sender has to be tried twice",
        to=(book.spec.address(book.spec.postmaster).replace("@", "+greylisting@"),),
        expect=Refused((451,), ("DATA",)),
        sender=f"suspect@{PLAIN}",
        fresh=True,
        without=fitting[0],
        origin=Origin.CONTROLLER,
    )
