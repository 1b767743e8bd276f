"""Aliases of no single account: where their mail goes, and who may send as them."""

from collections.abc import Iterator

from ..model import patterns
from ..model.aliases import Writers
from ..routing import named_senders
from .book import Book
from .case import Case, Mail, Reaches, Refused
from .lists import restricted


def cases(book: Book) -> Iterator[Case]:
    """The cases of every alias."""
    for key in sorted(book.spec.aliases):
        address = book.spec.address(key)
        names = book.names_of(address)
        alias = book.spec.aliases[key]
        if alias.post is Writers.ANYONE or not book.reach(address):
            for number, name in enumerate(names):
                yield book.reaches("alias", name, number)
        else:
            yield from restricted(book, "alias-rule", address, alias, names)
        named = {login for login, _ in named_senders(book.spec, book.routes, book.routes[address])}
        for home, glob, _, index in (found for found in patterns.named(book.spec) if found[2] == key):
            if (example := f"{patterns.sample(glob)}@{home}") not in book.routes:
                yield from _pattern(book, key, example, index)
                yield from (_sends(book, login, example, allowed=True) for login in sorted(named))
        for login in sorted(named):
            for name in names:
                yield _sends(book, login, name, allowed=True)
        for login in [login for login in book.senders if login not in named][:2]:
            yield _sends(book, login, address, allowed=False)


def _pattern(book: Book, key: str, address: str, number: int) -> Iterator[Case]:
    """Mail to an address that only a pattern explains, and to the same with a detail."""
    if book.spec.aliases[key].post is Writers.ANYONE:
        yield book.reaches("pattern", address, number)
        yield book.reaches("pattern", address.replace("@", "+x@"), number + 1)


def _sends(book: Book, login: str, name: str, *, allowed: bool) -> Mail:
    postmaster = book.spec.address(book.spec.postmaster)
    return Mail(
        id=f"alias/{name}/{login}",
        sentence=f"{login} {'may' if allowed else 'may not'} send as {name}",
        to=(postmaster,),
        expect=Reaches(book.reach(postmaster)) if allowed else Refused((553,), ("MAIL", "RCPT")),
        login=login,
        sender=name,
        authors=(name,),
        port=465,
    )
