"""Sending: over its limit an account is told to try again later, below it nothing is held back."""

from collections.abc import Iterator

from ..model.sending import effective
from .book import Book
from .case import Allowance, Case


def cases(book: Book) -> Iterator[Case]:
    """Each account with numbers of its own, and one with those of everybody."""
    default = book.spec.limits.sending
    others = [login for login, account in book.senders.items() if not account.sending]
    for login, account in book.senders.items():
        if account.sending or login in others[:1]:
            numbers = effective(default, account.sending)
            yield Allowance(
                id=f"sending/{login}",
                sentence=f"{login} may send {numbers.messages_per_hour} messages an hour, and the next has to wait",
                login=login,
                to=book.spec.address(book.spec.postmaster),
                messages=numbers.messages_per_hour,
                recipients=numbers.recipients_per_hour,
            )
