"""The files of large specs, read line by line: far faster than by the events of libyaml, to the same result.

A line in the usual block style is taken at once, and so are entries that look `alike`. At any other line the entry
around it goes to the reader that knows all of YAML, and so does the whole file when there are many of them.
"""

import re
from collections import deque
from itertools import islice
from typing import Any, NamedTuple

from ..problem import KeyPath, Place
from .alike import alike
from .parse import Reader
from .reading import DEPTH, Reading, Start, Stop, Worth
from .usual import ODD, parts_of

_OTHER = "_"
"""A key that stands for all entries before one that is read alone."""

_PORTION = 1 << 16
_FIRST_LOOK = 8 * _PORTION
"""After how many characters to ask whether the rest is worth reading; then again after twice as many, and so on."""
_MOST_ODD = 1000
_BEFORE = re.compile(r"(?: *+(?:#[^\n]*+)?+\n)*+---\n")


class _Entry(NamedTuple):
    """A key of the two outer mappings."""

    start: Start
    indent: int
    path: KeyPath
    holder: dict[str, Any]
    """The mapping it stands in."""
    twice: int
    """How many keys of the file stood twice before."""


class _OddError(Exception):
    """Raised when the whole file must be read in the other way."""


class Lines(Reading):
    """Reads one file whose lines end in `\\n`; `is_odd` says that they are unusual, and nothing was found out."""

    def __init__(self, text: str, file: str, worth: Worth | None = None, depth: int = 2) -> None:
        super().__init__(file, worth, depth)
        self._text = text
        self.is_odd = False
        self._odd_entries = 0
        self._root: dict[str, Any] = {}
        self._here: Any = self._root
        self._stack: list[tuple[int, Any, str]] = [(0, self._root, "")]
        """The indentation of each open collection, the collection, and its key."""
        self._pending: str | None = None
        """A key whose value begins on one of the next lines, if there is one."""
        self._holder = self._root
        """The mapping of that key."""
        self._entries: list[_Entry] = []
        """The outer entry and the inner one the current line belongs to."""
        try:
            self.check_characters(text)
            self._read(text)
        except _OddError:
            self.is_odd = True
        except Stop:
            self.broken = True
        else:
            self.data = self._root

    def _read(self, text: str) -> None:
        match = _BEFORE.match(text)
        place = Start(match.end(), match[0].count("\n")) if match else Start(0, 0)
        look = _FIRST_LOOK
        while place.offset < len(text):
            end = text.find("\n", place.offset + _PORTION) + 1 or len(text)
            place = self._portion(text[place.offset : end], place)
            if place.offset >= look:
                look *= 4
                self.look(self._root, self._path())
        if not self._entries:
            raise _OddError  # nothing but comments

    def _portion(self, text: str, place: Start) -> Start:
        """Take the lines of a portion; returns where the next one begins."""
        offset, number = place
        here, level, is_list, pending = self._here, self._stack[-1][0], type(self._here) is list, self._pending
        end = offset + len(text)
        lines = iter(text.removesuffix("\n").split("\n"))
        for line in lines:
            stripped = line.lstrip(" ")
            if not stripped or stripped[0] == "#":
                offset += len(line) + 1
                number += 1
                continue
            if not (parts := parts_of(line, stripped)):
                self._pending = pending
                return self._odd(line, Start(offset, number))
            indent, key, found = parts
            is_item = not key
            if pending is not None or indent != level or is_list is not is_item:
                self._pending, pending = pending, None
                if not self._enter(indent, is_item):
                    return self._odd(line, Start(offset, number))
                here, level, is_list = self._here, indent, is_item
            if not is_item and len(self._stack) == self.depth:
                after = self._alike(Start(offset, number), indent, end)
                if after.offset > offset:
                    deque(islice(lines, after.line - number - 1), maxlen=0)  # all that was taken
                    offset, number = after
                    continue
            if is_item:
                here.append(found)
            else:
                holder = here
                if key in here:
                    holder = {}  # the value of a key that stands twice is read and dropped
                    self.note_twice((*self._path(), key), Place(self.file, number + 1, indent + 1))
                if len(self._stack) <= self.depth:
                    self._entry(Start(offset, number), indent, key, holder)
                if found is ODD:
                    pending, self._holder = key, holder
                    holder[key] = None
                else:
                    holder[key] = found
            offset += len(line) + 1
            number += 1
        self._pending = pending
        return Start(min(offset, len(self._text)), number)

    def _alike(self, start: Start, indent: int, end: int) -> Start:
        """Take the entries from here on that look like others; returns where the next one begins."""
        entries, starts, after = alike(indent).take(self._text, start, end, self._here)
        if entries:
            self._here.update(entries)
            above = self._path()
            if self.depth == 1 or self._entries[0].holder is self._root:
                self.starts.update({(*above, key): place for key, place in starts.items()})
            key, place = starts.popitem()
            self._entry(place, indent, key, self._here)
        return after

    def _path(self) -> KeyPath:
        return tuple(key for _, _, key in self._stack[1:])

    def _enter(self, indent: int, is_item: bool) -> bool:
        """Go to the collection a line belongs to; False if the line fits into none."""
        level, here, _ = self._stack[-1]
        if self._pending is not None:
            key, self._pending = self._pending, None
            if indent > level or (indent == level and is_item and type(here) is dict):
                new: Any = [] if is_item else {}
                self._holder[key] = new
                self._stack.append((indent, new, key))
                self._here = new
                return len(self._stack) <= DEPTH
        elif indent > level:
            return False
        while indent < level or (indent == level and type(here) is list and not is_item):
            self._stack.pop()
            level, here, _ = self._stack[-1]
        self._here = here
        return indent == level and (type(here) is list) is is_item

    def _entry(self, start: Start, indent: int, key: str, holder: dict[str, Any]) -> None:
        """Remember where an entry of the two outer mappings begins."""
        depth = len(self._stack)
        path: KeyPath = (key,) if depth == 1 else (self._stack[1][2], key)
        if depth == 1 or self._entries[0].holder is self._root:
            self.starts.setdefault(path, start)
        self._entries[depth - 1 :] = [_Entry(start, indent, path, holder, len(self.twice))]

    def _odd(self, line: str, place: Start) -> Start:
        """Have the entry around an unusual line read in the other way; returns where the next one begins."""
        self._odd_entries += 1
        indent = len(line) - len(line.lstrip(" "))
        is_item = line.startswith("-", indent)
        outer, inner = (*self._entries, None, None)[:2]
        if outer and line in {"---", "--- "}:
            self.note_document(Place(self.file, place.line + 1, 1))
        if self._odd_entries > _MOST_ODD or not outer or line.startswith(("?", ":"), indent):
            raise _OddError
        if inner and indent > inner.indent:
            return self._read_again(inner, inner.start, inner.indent, inner.holder)
        if inner and indent == inner.indent and not is_item:
            return self._read_again(None, place, indent, self._stack[1][1])
        if self.depth == 2 and self._pending is not None and indent and not is_item and not inner:
            self._enter(indent, is_item=False)
            return self._read_again(None, place, indent, self._here)
        if indent or is_item:
            return self._read_again(outer, outer.start, 0, outer.holder)
        return self._read_again(None, place, 0, self._root)

    def _read_again(self, entry: _Entry | None, start: Start, indent: int, holder: dict[str, Any]) -> Start:
        """Read one entry in the other way: `entry` if its first lines were taken, else one that begins here."""
        depth = len(entry.path) if entry else 1 + (holder is not self._root)
        above: KeyPath = self._entries[0].path if depth == 2 else ()
        before = [f"{above[0]}:"] if above else []
        if len(self._entries) >= depth:  # what follows another entry is a matter of its own
            before.append(f"{' ' * indent}{_OTHER}:")
        context = "".join(f"{line}\n" for line in before)
        shift = start.line - len(before)
        last = re.compile(rf"\n(?= {{0,{indent}}}[^ \n#\]}}:-])").search(self._text, start.offset)
        end = last.end() if last else len(self._text)
        reader = Reader(context + self._text[start.offset : end], self.file, self.worth, self.depth, shift)
        if reader.syntax_error:
            self.check_syntax(self._text)
            raise _OddError  # as the whole has none, this is no whole entry
        if entry:
            del self.twice[entry.twice :]
        for path, second in reader.twice:
            self.note_twice(path, second)
        for problem in reader.problems:
            self.note(problem)
        if reader.hopeless:
            self.hopeless, self.data, self.path = True, reader.data, reader.path
        if reader.broken:
            raise Stop
        section = reader.data
        if above and isinstance(section, dict) and len(section) == 1:
            section = section[above[0]]
        keys = [key for key in section if key != _OTHER] if isinstance(section, dict) else []
        if len(keys) != 1 or reader.starts.get((*above, keys[0])) != (len(context), len(before)):
            raise _OddError
        key = keys[0]
        self._stack = self._stack[:depth]
        self._here, self._pending = self._stack[-1][1], None
        if not entry and key in holder:
            holder = {}
            self.note_twice((*above, key), Place(self.file, start.line + 1, indent + 1))
        holder[key] = section[key]
        self._entry(start, indent, key, holder)
        if self._entries[0].holder is self._root:
            for path, inside in reader.starts.items():
                if inside.line >= len(before):
                    self.starts.setdefault(
                        path, Start(inside.offset - len(context) + start.offset, inside.line + shift)
                    )
        return Start(end, start.line + self._text.count("\n", start.offset, end))
