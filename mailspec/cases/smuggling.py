"""Smuggling: a crooked end of data does not start a second message (CVE-2023-51764)."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Smuggle

_ENDINGS = {
    "lf-dot-lf": b"\n.\n",
    "lf-dot-crlf": b"\n.\r\n",
    "crlf-dot-lf": b"\r\n.\n",
    "cr-dot-cr": b"\r.\r",
    "cr-dot-crlf": b"\r.\r\n",
    "crlf-dot-cr": b"\r\n.\r",
    "lf-cr-dot-cr-lf": b"\n\r.\r\n",
    "crlf-nul-dot-crlf": b"\r\n\x00.\r\n",
}


def cases(book: Book) -> Iterator[Case]:
    """One message for each variant."""
    postmaster = book.spec.address(book.spec.postmaster)
    for name, ending in _ENDINGS.items():
        yield Smuggle(
            id=f"smuggling/{name}",
            sentence=f"{name} does not end a message",
            to=postmaster,
            ending=ending,
        )
