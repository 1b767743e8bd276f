"""A setting that holds for every address and server: one fact, one statement."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..problem import KeyPath
from .fact import Change, Fact, FactKey, Said, View

EVERYBODY = "all"
"""The subject of what holds for every address and server."""


@dataclass(frozen=True)
class Setting:
    """A value of the spec and what its change means."""

    kind: str
    path: KeyPath
    read: Callable[[View], Any]
    """The value as far as it counts; None where it does not."""
    tell: Callable[[Any, Any], tuple[str, str]]
    """The case and the sentence, from the old and the new value."""


def setting_facts(view: View, settings: Sequence[Setting]) -> Iterator[tuple[FactKey, Fact]]:
    """The settings that count."""
    for setting in settings:
        value = setting.read(view)
        if value is not None:
            yield (setting.kind, EVERYBODY), Fact(value, setting.path)


def settings_said(change: Change, settings: Sequence[Setting]) -> Iterator[Said]:
    """What becomes of settings that count before and after."""
    for setting in settings:
        for found in change.of(setting.kind):
            if found.old and found.new:
                case, text = setting.tell(found.old.value, found.new.value)
                yield found.says(setting.kind, case, EVERYBODY, text)


def rises(old: int, new: int) -> str:
    """The case of a number that changes."""
    return "~more" if new > old else "~less"
