"""Where values stand in a YAML text: read a second time, and only when somebody asks."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic_core import PydanticCustomError
from yaml._yaml import CParser

from .model.text import domain_name, mailbox_name
from .parse import DEPTH
from .problem import KeyPath


@dataclass(frozen=True)
class Spot:
    """Line and column of a value and of the key before it, from 1."""

    key: tuple[int, int] | None
    value: tuple[int, int] | None
    """None for a collection or for nothing at all: those are best shown by their key."""


def locate(text: str, paths: Iterable[KeyPath]) -> dict[KeyPath, Spot]:
    """The spots of the paths and of everything above them, as far as the text has them.

    A path may name a key as the model knows it (`alice`) where the text spells it differently (`Alice`).
    """
    wanted: dict[Any, Any] = {}
    for path in paths:
        node = wanted
        for step in path:
            node = node.setdefault(step, {})
    found: dict[KeyPath, Spot] = {}
    if not wanted:
        return found
    with contextlib.suppress(yaml.YAMLError):  # what stands before an error is found
        _walk(CParser(text), wanted, found)
    return found


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


def _walk(parser: Any, wanted: dict[Any, Any], found: dict[KeyPath, Spot]) -> None:
    levels: list[_Level] = []
    while True:
        event: Any = parser.get_event()
        kind = type(event)
        if kind is yaml.StreamEndEvent or len(levels) > DEPTH:
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
    for canonical in (mailbox_name, domain_name):
        try:
            yield canonical(key)
        except PydanticCustomError:
            continue
