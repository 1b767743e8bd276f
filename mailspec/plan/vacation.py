"""Vacation answers in mail terms: whose mail is answered, on which days, with what."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..explain.vacation import days
from ..vacation import addresses, sender
from .fact import Change, Fact, FactKey, Said, View
from .words import names, number


class _Answer(NamedTuple):
    """An answer, and for which addresses it is given."""

    first: date | None
    last: date | None
    again: int
    text: str
    subject: str | None
    sender: str
    own: tuple[str, ...]


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The answer of each account that keeps its mail: what it only forwards, it does not answer."""
    for key, account in view.spec.accounts.items():
        if (found := account.vacation) and account.keeps:
            address = view.spec.address(key)
            whose = sender(address, account), addresses(view.spec, address, account)
            answer = _Answer(found.from_, found.until, found.days, found.text, found.subject, *whose)
            yield ("vacation", view.login(address)), Fact(answer, ("accounts", key, "vacation"))


def said(change: Change) -> Iterator[Said]:
    """Answers that begin, change and end."""
    for found in change.of("vacation"):
        login, old, new = found.subject, *(fact.value if fact else None for fact in (found.old, found.new))
        text = f"mail to {login} is no longer answered"
        if isinstance(new, _Answer):
            text = f"mail to {login} is answered {days(new.first, new.last)}"
            if isinstance(old, _Answer):
                text = f"the answer to mail for {login} changes: {', '.join(_changes(old, new))}"
        yield found.says("vacation", found.sign, login, text)


def _changes(old: _Answer, new: _Answer) -> Iterator[str]:
    """What is different, each in a few words."""
    before, after = days(old.first, old.last), days(new.first, new.last)
    if before != after:
        yield f"it is given {after} instead of {before}"
    if old.again != new.again:
        yield f"a sender gets it again after {number(new.again, 'day')} instead of {old.again}"
    if gained := names(set(new.own) - set(old.own)):
        yield f"mail to {gained} is answered too"
    if lost := names(set(old.own) - set(new.own)):
        yield f"mail to {lost} is not answered"
    parts = {"text": old.text != new.text, "subject": old.subject != new.subject, "name": old.sender != new.sender}
    if other := names(f"another {word}" for word, differs in parts.items() if differs):
        yield f"it has {other}"
