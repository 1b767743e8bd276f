"""Domains: their role addresses, their catch-all, and what does not exist in them."""

from collections.abc import Iterator

from ..model.domains import ROLE_NAMES
from .book import NOBODY, Book
from .case import Case, Mail, Reaches
from .outside import FRIEND


def cases(book: Book) -> Iterator[Case]:
    """The cases of every domain, alias domains included."""
    for domain in sorted(book.spec.domains):
        own = book.spec.domains[book.spec.canonical(domain)]
        for number, role in enumerate(ROLE_NAMES):
            yield book.reaches("role", f"{role}@{domain}", number)
        if own.separator:
            yield book.reaches("separator", f"postmaster{own.separator}x@{domain}")
        kind = "catch-all" if own.catch_all else "unknown"
        for family in book.families:
            yield book.reaches(kind, f"{NOBODY}-{family}@{domain}", family // 4)
    postmaster = book.spec.address(book.spec.postmaster)
    yield Mail(
        id="role/postmaster",
        sentence="mail to postmaster without a domain is delivered (RFC 5321, 4.5.1)",
        to=("postmaster",),
        expect=Reaches(book.reach(postmaster)),
    )
    yield Mail(
        id="null-sender",
        sentence="bounces of others are delivered",
        to=(postmaster,),
        expect=Reaches(book.reach(postmaster)),
        sender="",
        authors=(f"Mail system <mailer-daemon@{FRIEND}>",),
        signed=True,
    )
