"""Values as nearly every spec writes them, on one line: plain words, simple quotes, `!secret`, short collections.

Anything else is `ODD`: not wrong, but a matter for the reader that knows all of YAML. Each pattern takes less than YAML
does, never more.
"""

import re
from functools import lru_cache
from sys import intern
from typing import Any

from ..model.secret import Secret
from .scalars import resolve

ODD: Any = object()
"""Stands for a value that is written in another way."""

_DEEPEST = 5
_SECRET = r"!secret +([a-z0-9][a-z0-9._@/-]{0,200})"  # noqa: S105 - a pattern

# no `:` and no `#` at all, so no key and no comment can hide in it; no `-`, `?` or sign that has a meaning in front
_PLAIN = re.compile(r"[A-Za-z0-9_/\xa1-\ud7ff][^\t:#]*(?<! )\Z")
_VALUE = re.compile(
    rf" *(?:\"([^\"\\\t]*)\"|'([^'\t]*)'|{_SECRET}|([A-Za-z0-9_/\xa1-\ud7ff][^\t:#]*(?<! )))?(?: *| +#.*)\Z"
)
_HEAD = re.compile(r"( *)([A-Za-z0-9_][A-Za-z0-9_.@/+-]{0,127})\Z")
_COMMENT = re.compile(r" *(?:#.*)?\Z")

_FLOW_EMPTY = re.compile(r"\[ *\]|\{ *\}")
_FLOW_SCALAR = re.compile(
    rf" *(?:\"([^\"\\\t]*)\"|'([^'\t]*)'|{_SECRET}(?=[ ,\]}}])"
    r"|([A-Za-z0-9_/][A-Za-z0-9_./@+=-]*+(?: [A-Za-z0-9_./@+=-]++)*+)(?= *[,\]}]))"
)
_FLOW_KEY = re.compile(r" *([A-Za-z0-9_][A-Za-z0-9_.@/-]{0,127}): +")
_FLOW_OPEN = re.compile(r" *[\[{]")
_FLOW_NEXT = re.compile(r" *(?:(, *)|([\]}]))")


def value(text: str) -> Any:
    """What stands behind `key:` or `-` on the same line; ODD for nothing, and for what is written in another way.

    >>> [value("no"), value("'1'  # one"), value("[1, {a: b}]"), value("|") is ODD]
    ['no', '1', [1, {'a': 'b'}], True]
    """
    if _PLAIN.match(text):
        return resolve(text)
    if match := _VALUE.match(text):
        return _scalar(match)
    start = len(text) - len(text.lstrip(" "))
    if text[start : start + 1] in {"[", "{"}:
        found, end = _flow(text, start, 1)
        if _COMMENT.match(text, end) and not text.startswith("#", end):
            return found
    return ODD


def parts_of(line: str, stripped: str) -> tuple[int, str, Any] | None:
    """The indentation, the key and the value of a line, given without its blanks too; an item has no key.

    The value is ODD where it follows on other lines. None is a line that is written in another way.

    >>> parts_of("  a: 1", "a: 1"), parts_of("- b", "- b"), parts_of("|", "|")
    ((2, 'a', 1), (0, '', 'b'), None)
    """
    name, colon, rest = line.partition(": ")
    if colon:
        head, found = _head(name), value(rest)
        if not head or (found is ODD and not _COMMENT.match(rest)):
            return None
        return (*head, found)
    if name.endswith(":"):
        head = _head(name[:-1])
        return (*head, ODD) if head else None
    found = value(stripped[2:]) if stripped.startswith("- ") else ODD
    return None if found is ODD else (len(line) - len(stripped), "", found)


@lru_cache(1000)
def _head(text: str) -> tuple[int, str] | None:
    match = _HEAD.match(text)
    return (len(match[1]), intern(match[2])) if match else None


def _scalar(match: re.Match[str]) -> Any:
    kind = match.lastindex
    if not kind:
        return ODD
    text: str = match[kind]
    if kind < 3:
        return text
    return Secret(text) if kind == 3 else resolve(text)


def _flow(text: str, start: int, depth: int) -> tuple[Any, int]:
    """The collection whose bracket opens at `start`, and where it ends; ODD and the end of the text for others."""
    odd = (ODD, len(text))
    is_mapping = text[start] == "{"
    closing = "}" if is_mapping else "]"
    mapping: dict[str, Any] = {}
    items: list[Any] = []
    if match := _FLOW_EMPTY.match(text, start):
        return (mapping if is_mapping else items), match.end()
    position = start + 1
    while True:
        key = ""
        if is_mapping:
            match = _FLOW_KEY.match(text, position)
            if not match or match[1] in mapping:
                return odd
            key, position = match[1], match.end()
        if match := _FLOW_OPEN.match(text, position):
            found, position = _flow(text, match.end() - 1, depth + 1) if depth < _DEEPEST else odd
        else:
            match = _FLOW_SCALAR.match(text, position)
            found, position = (_scalar(match), match.end()) if match else odd
        match = _FLOW_NEXT.match(text, position)
        if found is ODD or not match or match[2] not in {None, closing}:
            return odd
        if is_mapping:
            mapping[key] = found
        else:
            items.append(found)
        position = match.end()
        if match[2]:
            return (mapping if is_mapping else items), position
