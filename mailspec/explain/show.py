"""An explanation as a tree of lines for people, and as plain data for programs."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..problem import KeyPath, Place
from .check import Answer
from .step import Expansion, Explanation, Fact, Sender, Step

Where = Callable[[KeyPath], Place | None]
"""Where a part of the spec stands; None for a default."""


@dataclass(frozen=True)
class Branch:
    """One line, where the spec says it, and the lines below."""

    text: str
    where: str = ""
    below: tuple["Branch", ...] = ()


def paths(found: Any) -> Iterator[KeyPath]:
    """Every part of the spec that an explanation or an answer names."""
    todo = [found]
    while todo:
        here = todo.pop()
        if isinstance(here, tuple):
            todo += here
        elif dataclasses.is_dataclass(here):
            for field in dataclasses.fields(here):
                value = getattr(here, field.name)
                if field.name == "path" and value:
                    yield value
                elif field.name != "path":
                    todo.append(value)


def tree(found: Explanation, where: Where) -> Branch:
    """The explanation: mail to the address, who may send as it, the filter, the limits, the servers."""
    senders = _senders(found.senders, where)
    parts = [
        Branch("mail to it", "", (_step(found.mail, where),)),
        Branch("may send as it", "", senders or (Branch("nobody"),)),
        Branch("may write on its behalf", "", _senders(found.behalf, where)),
        Branch("opened in mail programs by", "", _senders(found.opened, where)),
        Branch("mail of strangers to it", "", _facts(found.strangers, where)),
        Branch("limits", "", _facts(found.limits, where)),
        Branch("servers", "", _facts(found.servers, where)),
    ]
    if found.hint:
        parts.insert(1, Branch(f"hint: the nearest address is {found.hint}"))
    return Branch(found.address, "", tuple(part for part in parts if part.below or part.text.startswith("hint")))


def _senders(found: tuple[Sender, ...], where: Where) -> tuple[Branch, ...]:
    return tuple(_branch(f"{sender.login}: {sender.fact}", sender.path, where) for sender in found)


def expansion(found: Expansion, where: Where) -> Branch:
    """The people of a group, and what names it."""
    parts = (Branch("people", "", _facts(found.people, where)), Branch("named by", "", _facts(found.users, where)))
    below = tuple(part for part in parts if part.below)
    return _branch(f"{found.group}: {found.fact}", found.path, where, below)


def answer(found: Answer, where: Where) -> Branch:
    """The answer, with the rule that decides, then everything that was asked."""
    decides = found.decides
    word = "yes" if found.allowed else "no"
    head = f"{word}, if {found.condition}" if found.condition else word
    code = f", refused with {decides.code}" if not found.allowed else ""
    below = tuple(
        _branch(f"{'passes' if check.passes else 'refuses'} {check.rule}: {check.fact}", check.path, where)
        for check in found.checks
    )
    return Branch(f"{head}: {decides.fact}{code}", _where(decides.path, where), below)


def plain(found: Any, where: Where) -> Any:
    """The same as plain data: each `path` with the file, line and column, which are null for a default."""
    if isinstance(found, tuple):
        return [plain(item, where) for item in found]
    if not dataclasses.is_dataclass(found):
        return found
    data: dict[str, Any] = {}
    for field in dataclasses.fields(found):
        value = getattr(found, field.name)
        if field.name == "path":
            place = where(value) if value else None
            data["path"] = ".".join(map(str, value))
            data |= {"file": place and place.file, "line": place and place.line, "column": place and place.column}
        else:
            data[field.name] = plain(value, where)
    if isinstance(found, Answer):
        data = {"allowed": found.allowed, "condition": found.condition, "decides": plain(found.decides, where), **data}
    return data


def _step(step: Step, where: Where) -> Branch:
    # a long way may be deeper than Python nests calls, so the far end comes first
    done: dict[int, Branch] = {}
    todo = [(step, False)]
    while todo:
        here, ready = todo.pop()
        if not ready:
            todo.append((here, True))
            todo += [(below, False) for below in here.next]
            continue
        below = (*_facts(here.notes, where), *(done[id(item)] for item in here.next))
        done[id(here)] = _branch(f"{here.address}: {here.fact}", here.path, where, below)
    return done[id(step)]


def _facts(facts: tuple[Fact, ...], where: Where) -> tuple[Branch, ...]:
    return tuple(_branch(fact.text, fact.path, where, _facts(fact.below, where)) for fact in facts)


def _branch(text: str, path: KeyPath, where: Where, below: tuple[Branch, ...] = ()) -> Branch:
    return Branch(text, _where(path, where), below)


def _where(path: KeyPath, where: Where) -> str:
    if not path:
        return ""
    return str(where(path) or f"{'.'.join(map(str, path))}, default")
