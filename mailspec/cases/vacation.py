"""Vacation: a person gets one answer, a list none, and nobody a second one."""

from collections.abc import Iterator

from .book import Book
from .case import Case
from .dkim import keys
from .exchanges import Answer


def cases(book: Book) -> Iterator[Case]:
    """One case for each account whose mail is answered on the day of the cases, and one for each of its addresses."""
    for login, account in book.receivers.items():
        if account.vacation:
            own = [login, *map(book.spec.address, account.aliases)]
            for address in [name for known in own for name in book.names_of(known)]:
                yield Answer(
                    id=f"vacation/{address}",
                    sentence=f"a person who writes to {address} is answered once, and a list never",
                    login=login,
                    to=address,
                    text=account.vacation.text,
                    keys=keys(book, login.partition("@")[2]),
                )
