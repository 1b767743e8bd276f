"""Senders: a user writes as nobody else, in the envelope and in the From header."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Expect, Mail, Reaches, Refused
from .outside import FRIEND

_ENVELOPE = Refused((553,), ("MAIL", "RCPT"))
_HEADER = Refused((554,), ("DATA",))


def cases(book: Book) -> Iterator[Case]:
    """What each account may send as."""
    logins = list(book.senders)
    for number, login in enumerate(logins):
        yield from _own(book, login)
        other = logins[number - 1] if len(logins) > 1 else f"nobody@{book.own_domains[0]}"
        yield from _foreign(book, login, other)


def _mail(book: Book, login: str, name: str, expect: Expect, sender: str, *authors: str) -> Mail:
    verdict = "may not" if isinstance(expect, Refused) else "may"
    return Mail(
        id=f"sender/{login}/{name}",
        sentence=f"{login} {verdict} send as <{sender}> from {' and '.join(authors)}",
        to=(book.spec.address(book.spec.postmaster),),
        expect=expect,
        login=login,
        sender=sender,
        authors=authors,
        port=465,
    )


def _own(book: Book, login: str) -> Iterator[Case]:
    ends = Reaches(book.reach(book.spec.address(book.spec.postmaster)))
    local, _, domain = login.partition("@")
    yield _mail(book, login, "own", ends, login, f"Some Name <{login}>")
    yield _mail(book, login, "detail", ends, f"{local}+detail@{domain}", f"{local}+detail@{domain}")
    yield _mail(book, login, "null", ends, "", login)  # receipts have no return path (RFC 8098)
    for alias in book.senders[login].aliases:
        for address in book.names_of(book.spec.address(alias)):
            yield _mail(book, login, f"alias-{address}", ends, address, address)
    for address in book.names_of(login):
        if address != login:
            yield _mail(book, login, f"domain-alias-{address}", ends, address, address)


def _foreign(book: Book, login: str, other: str) -> Iterator[Case]:
    yield _mail(book, login, "other-envelope", _ENVELOPE, other, login)
    yield _mail(book, login, "other-header", _HEADER, login, other)
    yield _mail(book, login, "other-both", _ENVELOPE, other, other)
    yield _mail(book, login, "other-name", _HEADER, login, f'"{login}" <{other}>')
    yield _mail(book, login, "null-other", _HEADER, "", other)
    yield _mail(book, login, "outside", _ENVELOPE, f"{login.partition('@')[0]}@{FRIEND}", login)
    yield _mail(book, login, "two-headers", _HEADER, login, login, other)
    yield _mail(book, login, "two-authors", _HEADER, login, f"{login}, {other}")
    yield _mail(book, login, "comment", _HEADER, login, f"({login}) {other}")
