"""Sending in mail terms: how much accounts may send within an hour and a day."""

from collections.abc import Iterator

from ..model.sending import Sending, effective
from .fact import Change, Difference, Fact, FactKey, Said, View
from .setting import EVERYBODY


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """What everybody may send, and what each account that has numbers of its own may."""
    default = view.spec.limits.sending
    yield ("sending", EVERYBODY), Fact(default, ("limits", "sending"))
    for name, account in view.spec.accounts.items():
        if (numbers := effective(default, account.sending)) != default:
            yield ("sending", view.login(view.spec.address(name))), Fact(numbers, ("accounts", name, "sending"))


def said(change: Change) -> Iterator[Said]:
    """Numbers that rise or fall; where an account has none of its own, those of everybody count."""
    for found in change.of("sending"):
        login = found.subject
        if login == EVERYBODY:
            yield from _numbers(found, "an account without numbers of its own")
        elif login in change.after.mailboxes:
            yield from _numbers(found, login, change)


def _numbers(found: Difference, who: str, change: Change | None = None) -> Iterator[Said]:
    old, new = _value(found.old), _value(found.new)
    if change:
        old = old or change.before.spec.limits.sending
        new = new or change.after.spec.limits.sending
    if old and new and old != new:
        pairs = [(name, getattr(old, name), getattr(new, name)) for name in Sending.model_fields]
        case = "~more" if any(after > before for _, before, after in pairs) else "~less"
        parts = [f"{_number(name, after)} instead of {before}" for name, before, after in pairs if before != after]
        yield found.says("sending", case, found.subject, f"{who} may send {', '.join(parts)}")


def _value(fact: Fact | None) -> Sending | None:
    return fact.value if fact and isinstance(fact.value, Sending) else None


def _number(name: str, count: int) -> str:
    """A number with what it counts: `300 messages an hour`."""
    what, _, time = name.partition("_per_")
    return f"{'to ' if what == 'recipients' else ''}{count} {what} {'an' if time == 'hour' else 'a'} {time}"
