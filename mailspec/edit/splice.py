"""Changes in the text of one entry: a value, a key or an item is cut out or put in, the rest stays as it is.

Paths begin with the key of the entry. Where a text is laid out in a way that a change does not fit, the result may be
no YAML or mean something else: whoever splices reads the whole again and compares.
"""

import re
from typing import Any, NamedTuple

import yaml

from ..problem import KeyPath
from . import write

_COMMA = re.compile(r" *,")
_REST = re.compile(r" *,? *(?:#[^\n]*)?(?=\n|\Z)")


class Spot(NamedTuple):
    """A value in its collection, and the key before it in a mapping."""

    holder: Any
    number: int
    key: Any
    value: Any


class Splice(NamedTuple):
    """What comes in place of a part of a text."""

    start: int
    end: int
    new: str


def put(text: str, path: KeyPath, value: Any) -> str:
    """The text with a value at a path; a list or mapping that stands there keeps what both have in common."""
    root = compose(text)
    depth = next(size for size in range(len(path), -1, -1) if find(root, path[:size]))
    spot = _there(root, path[:depth])
    for step in reversed(path[depth + 1 :]):
        value = {step: value}
    node = spot.value
    if depth < len(path) and isinstance(node, yaml.MappingNode):
        return _apply(text, _insertion(text, node, str(path[depth]), value))
    if depth < len(path):
        value = {path[depth]: value}
    if isinstance(node, yaml.SequenceNode) and isinstance(value, list):
        return _items(text, path, value)
    if isinstance(node, yaml.MappingNode) and isinstance(value, dict):
        names = [name.value for name, _ in node.value]
        for name, below in value.items():
            text = put(text, (*path, name), below)
        for name in names:
            text = text if name in value else drop(text, (*path, name))
        return text
    return _apply(text, [_replacement(text, spot, value)])


def drop(text: str, path: KeyPath) -> str:
    """The text without a key and its value, or without an item; what is left empty becomes `{}` or `[]`."""
    root = compose(text)
    spot = find(root, path)
    if spot is None:
        return text
    start = (spot.key or spot.value).start_mark.index
    if spot.holder.flow_style:
        return _apply(text, [_flow_cut(text, spot, start)])
    cut = Splice(text.rfind("\n", 0, start) + 1, line_end(text, end_of(text, spot.value)) + 1, "")
    above = find(root, path[:-1])
    if len(spot.holder.value) > 1 or not above or not above.key:
        return _apply(text, [cut])
    colon = _colon(text, above.key)
    empty = " {}" if isinstance(spot.holder, yaml.MappingNode) else " []"
    return _apply(text, [Splice(colon, colon, empty), cut])


def rename(text: str, path: KeyPath, name: str) -> str:
    """The text with another key at the end of a path."""
    spot = _there(compose(text), path)
    return _apply(text, [Splice(*_span(spot.key), write.key(name, spot.key.style))])


def compose(text: str) -> Any:
    """The nodes of a text."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def find(root: Any, path: KeyPath) -> Spot | None:
    """Where a path leads; None if the text does not have it."""
    spot = Spot(None, 0, None, root)
    for step in path:
        holder = spot.value
        if isinstance(holder, yaml.MappingNode):
            pairs = enumerate(holder.value)
            found = next((Spot(holder, n, name, below) for n, (name, below) in pairs if name.value == step), None)
        elif isinstance(holder, yaml.SequenceNode) and isinstance(step, int) and step < len(holder.value):
            found = Spot(holder, step, None, holder.value[step])
        else:
            found = None
        if found is None:
            return None
        spot = found
    return spot


def _there(root: Any, path: KeyPath) -> Spot:
    """Where a path leads that the caller has seen; raises KeyError if the text does not have it after all."""
    if spot := find(root, path):
        return spot
    raise KeyError(path)


def end_of(text: str, node: Any) -> int:
    """Where a value ends; libyaml lets a block end only where the next one begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    end: int = node.end_mark.index
    is_block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
    return len(text[:end].rstrip()) if is_block else end


def line_end(text: str, position: int) -> int:
    """Where the line of a position ends: at its line break, or at the end of the text."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found


def _span(node: Any) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _apply(text: str, splices: list[Splice]) -> str:
    for start, end, new in sorted(splices, key=lambda splice: splice.start)[::-1]:
        text = text[:start] + new + text[end:]
    return text


def _replacement(text: str, spot: Spot, value: Any) -> Splice:
    """A value in place of another one, in the same quotes."""
    node = spot.value
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    new = write.scalar(value, style) if isinstance(value, str) else write.flow(value)
    start, end = node.start_mark.index, end_of(text, node)
    if spot.key and (start == end or style in {"|", ">"} or not getattr(node, "flow_style", True)):
        return Splice(_colon(text, spot.key), end, f" {new}")
    return Splice(start, end, new)


def _colon(text: str, name: Any) -> int:
    """Where the colon after a key ends."""
    return text.index(":", name.end_mark.index) + 1


def _insertion(text: str, mapping: Any, name: str, value: Any) -> list[Splice]:
    """One more key at the end of a mapping."""
    piece = f"{write.key(name)}: {write.flow(value)}"
    if not mapping.value:
        return [Splice(*_span(mapping), f"{{{piece}}}")]
    last, below = mapping.value[-1]
    return _addition(text, mapping, last, end_of(text, below), piece)


def _addition(text: str, holder: Any, last: Any, end: int, piece: str) -> list[Splice]:
    """One more item after the last one, which begins at `last` and ends at `end`: laid out as that one is."""
    indent = " " * last.start_mark.column
    stop = line_end(text, end)
    if not holder.flow_style:
        begin = text[text.rfind("\n", 0, last.start_mark.index) + 1 : last.start_mark.index]
        return [Splice(stop, stop, f"\n{begin}{piece}")]
    comma = _COMMA.match(text, end)
    if text[text.rfind("\n", 0, last.start_mark.index) + 1 : last.start_mark.index].strip():
        return [Splice(end, end, f", {piece}")]
    if stop > holder.end_mark.index - 1:  # the closing bracket is on the same line
        return [Splice(end, end, f",\n{indent}{piece}")]
    added = Splice(stop, stop, f"\n{indent}{piece}{',' if comma else ''}")
    return [added] if comma else [Splice(end, end, ","), added]


def _items(text: str, path: KeyPath, items: list[Any]) -> str:
    """A list with other items: those in both keep their layout, and one that takes another's place has it."""
    spot = _there(compose(text), path)
    old = [node.value for node in spot.value.value]
    if len(old) == len(items):
        for index, item in enumerate(items):
            if old[index] not in items and item not in old:
                text = _apply(text, [_replacement(text, _there(compose(text), (*path, index)), item)])
                old[index] = item
    for index in reversed(range(len(old))):
        if old[index] not in items and len(old) > 1:
            text = drop(text, (*path, index))
            del old[index]
    for item in items:
        if item not in old:
            sequence = _there(compose(text), path).value
            last = sequence.value[-1] if sequence.value else None
            added = _addition(text, sequence, last, end_of(text, last), write.flow(item)) if last else []
            text = _apply(text, added or [Splice(*_span(sequence), write.flow([item]))])
            old.append(item)
    for index in reversed(range(len(old))):
        if old[index] not in items:
            text = drop(text, (*path, index))
            del old[index]
    return text if old == items else _apply(text, [_replacement(text, _there(compose(text), path), items)])


def _flow_cut(text: str, spot: Spot, start: int) -> Splice:
    """An item in brackets and the comma that belongs to it; with its line, if it has one of its own."""
    values, end = spot.holder.value, end_of(text, spot.value)
    begin, rest = text.rfind("\n", 0, start) + 1, _REST.match(text, end)
    if not text[begin:start].strip() and rest:
        return Splice(begin, rest.end() + 1, "")
    if spot.number + 1 < len(values):
        following = values[spot.number + 1]
        following = following[0] if isinstance(following, tuple) else following
        return Splice(start, following.start_mark.index, "")
    if not spot.number:
        return Splice(spot.holder.start_mark.index + 1, spot.holder.end_mark.index - 1, "")
    before = values[spot.number - 1]
    before_end = end_of(text, before[1] if isinstance(before, tuple) else before)
    if "\n" not in text[before_end:start]:
        return Splice(before_end, end, "")
    comma = _COMMA.match(text, end)
    return Splice(start, comma.end() if comma else end, "")
