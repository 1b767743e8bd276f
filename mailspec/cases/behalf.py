"""Sending on behalf: the From header may name somebody else when the Sender header names the login."""

from collections.abc import Iterator

from ..routing import behalf
from ..routing import senders as owners
from .book import Book
from .case import Case, Expect, Mail, Reaches, Refused

_HEADER = Refused((554,), ("DATA",))


def cases(book: Book) -> Iterator[Case]:
    """Each right with and without the header, and one login that has no such right."""
    owned = set(owners(book.spec, book.routes))
    granted = {(address, login) for address, login, _ in behalf(book.spec, book.routes)}
    for address, login in sorted(granted - owned):
        ends = Reaches(frozenset({book.spec.address(book.spec.postmaster)}))
        for name in book.names_of(address):
            yield _mail(book, login, name, f"named-{name}", ends, f"Sender: Me <{login}>")
        yield _mail(book, login, address, "unnamed", _HEADER)
        yield _mail(book, login, address, "other", _HEADER, f"Sender: {address}")
        yield _mail(book, login, address, "twice", _HEADER, f"Sender: {login}", f"Sender: {address}")
    for address in sorted({address for address, _ in granted}):
        others = [login for login in book.senders if (address, login) not in granted | owned]
        for login in others[:1]:
            yield _mail(book, login, address, "stranger", _HEADER, f"Sender: {login}")


def _mail(book: Book, login: str, author: str, name: str, expect: Expect, *headers: str) -> Mail:
    verdict = "may not" if isinstance(expect, Refused) else "may"
    return Mail(
        id=f"behalf/{author}/{login}/{name}",
        sentence=f"{login} {verdict} write on behalf of {author} with {' and '.join(headers) or 'no Sender'}",
        to=(book.spec.address(book.spec.postmaster),),
        expect=expect,
        login=login,
        sender=login,
        authors=(author,),
        headers=headers,
        port=465,
    )
