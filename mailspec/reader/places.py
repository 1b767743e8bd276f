"""Where values stand in a YAML text: read a second time, and only when somebody asks."""

import contextlib
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic_core import PydanticCustomError
from yaml._yaml import CParser

from ..model.text import domain_name, mailbox_name
from ..problem import KeyPath, Place
from .reading import DEPTH, Start


@dataclass(frozen=True)
class Spot:
    """Line and column of a value and of the key before it, from 1."""

    key: tuple[int, int] | None
    value: tuple[int, int] | None
    """None for a collection or for nothing at all: those are best shown by their key."""

    def place(self, file: str, *, exact: bool) -> Place:
        """The value itself if it was asked for and shows well, else its key."""
        line, column = (self.value if exact else None) or self.key or self.value or (1, 1)
        return Place(file, line, column)

    def below(self, lines: int) -> "Spot":
        """The same spot, with so many lines above it."""
        key, value = ((place[0] + lines, place[1]) if place else None for place in (self.key, self.value))
        return Spot(key, value)


NOWHERE = Spot(None, None)
"""The spot of what the text does not have."""


def locate(text: str, paths: Iterable[KeyPath], starts: dict[KeyPath, Start]) -> dict[KeyPath, Spot]:
    """The spots of the paths and of everything above them, as far as the text has them.

    Only the entries that the paths lead to are read, if `starts` says where these begin. A path may name a key as the
    model knows it (`alice`) where the text spells it differently (`Alice`).
    """
    found: dict[KeyPath, Spot] = {}
    paths = list(paths)
    if not paths:
        return found
    ends = sorted(start.offset for start in starts.values())
    for entry, wanted in _by_entry(paths, starts).items():
        start = starts.get(entry, Start(0, 0))
        end = ends[bisect(ends, start.offset) :][:1] if entry else []
        inside: dict[KeyPath, Spot] = {}
        with contextlib.suppress(yaml.YAMLError):  # what stands before an error is found
            _walk(CParser(text[start.offset : end[0] if end else None]), wanted, inside, _count(wanted))
        for path, spot in inside.items():
            found[*entry[:-1], *path] = spot.below(start.line)
    return found


def _by_entry(paths: Iterable[KeyPath], starts: dict[KeyPath, Start]) -> dict[KeyPath, dict[Any, Any]]:
    """The paths as trees of steps, by the entry of the text that holds them; under `()` if it is not known."""
    trees: dict[KeyPath, dict[Any, Any]] = {}
    entries = {(*known[:-1], name): known for known in reversed(starts) for name in _names(str(known[-1]))}
    for path in paths:
        entry = next((entries[path[:size]] for size in (2, 1) if path[:size] in entries), ())
        if not path or (starts and not entry):
            continue  # it is not there
        node = trees.setdefault(entry, {})
        for step in path[max(len(entry) - 1, 0) :]:
            node = node.setdefault(step, {})
    return trees


@dataclass
class _Level:
    """A collection being read: the part of the wanted paths below it, None when nobody asks."""

    path: KeyPath
    wanted: dict[Any, Any] | None
    is_mapping: bool
    index: int = 0
    step: Any = None
    key: tuple[int, int] | None = None
    wants_key: bool = True


def _count(wanted: dict[Any, Any]) -> int:
    return 1 + sum(_count(below) for below in wanted.values())


def _walk(parser: Any, wanted: dict[Any, Any], found: dict[KeyPath, Spot], most: int) -> None:
    levels: list[_Level] = []
    while True:
        event: Any = parser.get_event()
        kind = type(event)
        if kind is yaml.StreamEndEvent or len(levels) > DEPTH or len(found) == most:
            return
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            levels.pop()
            continue
        if not issubclass(kind, yaml.NodeEvent):
            continue
        here = levels[-1] if levels else None
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        if here and here.is_mapping and here.wants_key and kind is yaml.ScalarEvent:
            here.wants_key = False
            if here.wanted is not None:
                here.key, here.step = mark, next((n for n in _names(event.value) if n in here.wanted), None)
                if (*here.path, here.step) in found:
                    here.step = None  # the same key a second time
            continue
        path, below = _step(here, wanted)
        if below is not None and path not in found:
            shows = kind is yaml.ScalarEvent and (event.value or not event.implicit[0])
            on_key = here is not None and here.is_mapping
            found[path] = Spot(here.key if here and on_key else None, mark if shows or not on_key else None)
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            levels.append(_Level(path, below, kind is yaml.MappingStartEvent))


def _step(here: _Level | None, wanted: dict[Any, Any]) -> tuple[KeyPath, dict[Any, Any] | None]:
    """The path of the value that begins, and what is wanted below it."""
    if here is None:
        return (), wanted
    if here.is_mapping:
        here.wants_key = True
        step = here.step
        here.step = None
    else:
        step = here.index
        here.index += 1
    if here.wanted is None or step is None or step not in here.wanted:
        return (), None
    return (*here.path, step), here.wanted[step]


def _names(key: str) -> Iterator[str]:
    """The key as written, then as the model may know it."""
    yield key
    if key.isascii():
        yield key.lower()
        return
    for canonical in (mailbox_name, domain_name):
        try:
            yield canonical(key)
        except PydanticCustomError:
            continue
