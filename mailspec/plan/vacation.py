"""Vacation answers in mail terms: whose mail is answered, on which days, with what."""

from collections.abc import Iterator

from ..explain.vacation import days
from ..model.vacation import Vacation
from ..vacation import addresses, sender
from .fact import Change, Fact, FactKey, Said, View
from .words import names, number

_PARTS = ("from", "until", "days", "text", "subject", "sender", "addresses")


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The answer of each account that takes mail, and for which addresses it is given."""
    for key, account in view.spec.accounts.items():
        if (found := account.vacation) and account.receives:
            login = view.spec.address(key)
            own = addresses(view.spec, login, account)
            said = (found.from_, found.until, found.days, found.text, found.subject, sender(login, account), own)
            yield ("vacation", login), Fact(said, ("accounts", key, "vacation"))


def said(change: Change) -> Iterator[Said]:
    """Answers that begin, change and end."""
    for found in change.of("vacation"):
        login = found.subject
        if found.new is None:
            yield found.says("vacation", "-", login, f"mail to {login} is no longer answered")
            continue
        answer = _vacation(change.after, login)
        if found.old is None:
            text = f"mail to {login} is answered {days(answer)}"
            yield found.says("vacation", "+", login, text)
            continue
        yield found.says("vacation", "~", login, f"the answer to mail for {login} changes: {_changes(change, found.old, found.new, login)}")


def _changes(change: Change, old: Fact, new: Fact, login: str) -> str:
    """What is different, each in a few words."""
    before, after = _vacation(change.before, login), _vacation(change.after, login)
    parts = {name for name, a, b in zip(_PARTS, _values(old), _values(new), strict=True) if a != b}
    told = []
    if parts & {"from", "until"}:
        told.append(f"it is given {days(after)} instead of {days(before)}")
    if "days" in parts:
        told.append(f"a sender gets it again after {number(after.days, 'day')} instead of {before.days}")
    if "addresses" in parts:
        gained, lost = (names(set(b) - set(a)) for a, b in ((_values(old)[-1], _values(new)[-1]), (_values(new)[-1], _values(old)[-1])))
        told += [f"mail to {gained} is answered too"] if gained else []
        told += [f"mail to {lost} is not answered"] if lost else []
    words = {"text": "another text", "subject": "another subject", "sender": "another name"}
    if has := [words[part] for part in _PARTS if part in parts & words.keys()]:
        told.append(f"it has {names(has)}")
    return ", ".join(told)


def _vacation(view: View, login: str) -> Vacation:
    found = view.spec.mailboxes[login].vacation
    assert found
    return found


def _values(fact: Fact) -> tuple[object, ...]:
    assert isinstance(fact.value, tuple)
    return fact.value
