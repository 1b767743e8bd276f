"""One file of a spec as the texts of its entries, so that a change of one costs nothing for the others."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from ..problem import KeyPath, SpecError
from ..reader.reading import SpecFile
from . import splice, write

_STEP = 2
"""How far keys stand in below their entry, where no other entry shows it."""


@dataclass
class _Part:
    """The lines of an entry, and the blank lines and comments up to the next one."""

    path: KeyPath
    text: str


class Sheet:
    """A file being edited; paths begin with what stands at its left edge.

    Raises SpecError for a file whose lines end in different ways.
    """

    def __init__(self, file: SpecFile) -> None:
        text = file.text.replace("\r\n", "\n")
        self._ending = "\r\n" if text != file.text else "\n"
        if "\r" in text or text.replace("\n", self._ending) != file.text:
            fact, hint = "the lines of the file end in different ways", "let all of them end in the same way"
            raise SpecError.at(file.name, "unusual-layout", fact, hint)
        starts = sorted((start.offset, path) for path, start in file.starts.items())
        bounds = [0, *(offset for offset, _ in starts), len(text)]
        paths = [(), *(path for _, path in starts)]
        self._parts = [_Part(path, text[start:end]) for path, (start, end) in zip(paths, pairwise(bounds), strict=True)]
        self._has_sections = not file.above
        self._by_path = {part.path: part for part in self._parts}

    def text(self) -> str:
        """The whole file."""
        return "".join(part.text for part in self._parts).replace("\n", self._ending)

    def put(self, path: KeyPath, value: Any) -> None:
        """Set a value; an entry that is not there comes after the last of its siblings."""
        part = self._part(path)
        depth = len(part.path)
        if depth < len(path) and (siblings := self._below(part.path)):
            for step in reversed(path[depth + 1 :]):
                value = {step: value}
            self._add(path[: depth + 1], value, siblings[-1])
        else:
            part.text = splice.put(part.text, self._inside(part, path), value)

    def drop(self, path: KeyPath) -> None:
        """Take a value away, with its key; what is left empty becomes `{}` or `[]`."""
        part = self._part(path)
        part.text = splice.drop(part.text, self._inside(part, path))
        if part.path != path:
            return
        del self._by_path[path]
        part.path = (*path, "")  # what follows the entry is nobody's
        above = self._by_path[path[:-1]]
        if self._below(above.path):
            return
        if above.path:
            above.text = splice.put(above.text, self._inside(above, above.path), {})
        else:
            part.text = f"{{}}\n{part.text}"

    def rename(self, path: KeyPath, name: str) -> None:
        """Give a key another name."""
        part = self._part(path)
        part.text = splice.rename(part.text, self._inside(part, path), name)
        if part.path == path:
            del self._by_path[path]
            part.path = (*path[:-1], name)
            self._by_path[part.path] = part

    def _part(self, path: KeyPath) -> _Part:
        return next(self._by_path[path[:size]] for size in (2, 1, 0) if path[:size] in self._by_path)

    def _inside(self, part: _Part, path: KeyPath) -> KeyPath:
        """The path as the text of the part has it."""
        return path[max(len(part.path) - 1, 0) :]

    def _below(self, path: KeyPath) -> list[_Part]:
        """The entries of a mapping that have lines of their own."""
        size = len(path) + 1
        found = self._by_path.values() if size < 3 else ()
        return [part for part in found if len(part.path) == size and part.path[:-1] == path]

    def _add(self, path: KeyPath, value: Any, sibling: _Part) -> None:
        """An entry laid out as its sibling, after everything that stands in the same place."""
        known = self._by_path.get
        inside = [n for n, part in enumerate(self._parts) if part.path[: len(path) - 1] == path[:-1]]
        index = max(n for n in inside if known(self._parts[n].path) is self._parts[n])
        before = self._parts[index]
        cut = splice.line_end(before.text, splice.end_of(before.text, splice.compose(before.text)))
        new = _Part(path, self._written(path, value, sibling) + before.text[cut:])
        before.text = f"{before.text[:cut]}\n"
        self._parts.insert(index + 1, new)
        self._by_path[path] = new

    def _written(self, path: KeyPath, value: Any, sibling: _Part) -> str:
        name, below = splice.compose(sibling.text).value[0]
        indent = int(name.start_mark.column)
        if self._has_sections and len(path) == 1 and isinstance(value, dict) and len(value) == 1:
            ((first, found),) = value.items()
            inner = next((part.text for part in self._parts if len(part.path) == 2), " " * _STEP)
            step = len(inner) - len(inner.lstrip(" "))
            return f"\n{write.key(str(path[-1]))}:\n{write.entry(first, found, step, 0)}"
        is_block = isinstance(below, yaml.MappingNode) and not below.flow_style
        step = int(below.value[0][0].start_mark.column) - indent if is_block else 0
        return write.entry(str(path[-1]), value, indent, step)
