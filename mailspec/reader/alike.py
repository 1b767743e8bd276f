"""Entries that look alike: what YAML makes of one tells what the others mean, so that only their values are read.

An entry without its values is its shape. The reader that knows all of YAML reads each shape once, with stand-ins for
the values; where every stand-in comes out as one whole value, so would any other text of its kind.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from ..model.secret import Secret
from .parse import Reader
from .reading import Start
from .scalars import resolve

_MOST, _LONGEST = 1000, 2000
"""How many shapes are learned, and of how many characters; a spec has a few dozen of a few hundred."""
_OFTEN = 100
"""How many entries of a shape are worth a pattern of its own, which is much faster and takes time to make."""

_KEY = r"[A-Za-z0-9_][A-Za-z0-9_.@/+-]{0,127}+"


class _Kind(NamedTuple):
    """One way to write a value on a line."""

    pattern: str
    """What may stand there, and what must follow."""
    stand_in: str
    """The end of a stand-in: it holds whatever such a value may hold and something else could not."""
    meaning: Callable[[str], Any]


_NAME = _Kind(r"[a-z0-9][a-z0-9._@/-]{0,200}+(?=[\n ,\]}])", "a._@/-", Secret)
_SINGLE = _Kind(r"[^\t\n']++(?=')", 'a # a: [a] {a}, "\\a', str)
_DOUBLE = _Kind(r'[^\t\n"\\]++(?=")', "a # a: [a] {a}, 'a", str)
_LINE = _Kind(r"[A-Za-z0-9_/\xa1-\ud7ff][^\t\n:#\[\]{}]*+(?<! )(?=\n)", "a, ' \" & * ! | > - ? % @ ` = , a", resolve)
_SHORT = _Kind(r"[A-Za-z0-9_][A-Za-z0-9_./@+=-]*+(?: [A-Za-z0-9_./@+=-]++)*+(?= *[,\]}])", "a -./@+= =a", resolve)
_VALUE = re.compile(
    r"((?:[:-] ++|[\[,] *+)['\"]?+|!secret )"
    rf"((?<=')(?:{_SINGLE.pattern})|(?<=\")(?:{_DOUBLE.pattern})|(?<=!secret )(?:{_NAME.pattern})"
    rf"|(?<!['\"])(?<!!secret )(?:{_LINE.pattern}|{_SHORT.pattern}))"
)
"""What stands before a value, and the value."""


def _kind(before: str, after: str) -> _Kind:
    """The kind of a value between these parts of a shape."""
    if before.endswith("!secret "):
        return _NAME
    if before[-1] in "'\"":
        return _SINGLE if before[-1] == "'" else _DOUBLE
    return _LINE if after[0] == "\n" else _SHORT


Shape = tuple[str, ...]
"""What stands before, between and after the values of an entry, without its key."""


class _Place(NamedTuple):
    """Where a value stands: its number, and what makes data of its text."""

    number: int
    meaning: Callable[[str], Any]


class _Form:
    """What entries of one shape mean."""

    def __init__(self, indent: int, shape: Shape) -> None:
        self._indent, self._shape = indent, shape
        self._left = _OFTEN
        self.pattern: re.Pattern[str] | None = None
        """What takes the key and the values of such an entry."""
        head = f"_:\n{' ' * indent}_" if indent else "_"
        text, places = head + shape[0], dict[Any, _Place]()
        for number, (before, after) in enumerate(pairwise(shape)):
            kind = _kind(before, after)
            stand_in = f"{number}{kind.stand_in}"
            places[Secret(stand_in) if kind is _NAME else stand_in] = _Place(number, kind.meaning)
            text += stand_in + after
        self.lines = text.count("\n") - head.count("\n")
        reader, found = Reader(text, ""), list[int]()
        is_clean = not reader.problems and not reader.twice
        data = None if not is_clean else reader.data["_"]["_"] if indent else reader.data["_"]
        self._data = _placed(data, places, found)
        self.is_sound = is_clean and sorted(found) == list(range(len(places)))
        """Whether every value has its place, so that nothing depends on what it is."""

    def count(self) -> None:
        """Note that there is one more of this shape."""
        self._left -= 1
        if not self._left:
            between = [f"({_kind(*pair).pattern}){re.escape(pair[1])}" for pair in pairwise(self._shape)]
            start = f"{' ' * self._indent}({_KEY}){re.escape(self._shape[0])}"
            self.pattern = re.compile("".join([start, *between, _after(self._indent)]))

    def filled(self, rows: list[Sequence[str]]) -> Iterator[Any]:
        """The data of entries, made of the values of each; by columns, which is faster than by entries."""
        return iter(_column(self._data, [*zip(*rows, strict=True)], len(rows)))


def _after(indent: int) -> str:
    """A pattern for what follows an entry that is complete: the next one, one outside, or nothing."""
    return rf"(?=(?:{' ' * indent})?[A-Za-z0-9_]|\Z)"


def _placed(data: Any, places: dict[Any, _Place], found: list[int]) -> Any:
    """The data with places instead of stand-ins; which of them are found is noted."""
    if isinstance(data, dict):
        return {key: _placed(inner, places, found) for key, inner in data.items()}
    if isinstance(data, list):
        return [_placed(inner, places, found) for inner in data]
    if place := places.get(data):
        found.append(place.number)
        return place
    return data


def _column(data: Any, columns: list[tuple[str, ...]], count: int) -> list[Any]:
    """What stands in one part of the data, entry by entry."""
    if isinstance(data, _Place):
        column = columns[data.number]
        return list(column) if data.meaning is str else list(map(data.meaning, column))
    if isinstance(data, dict) and data:
        made = [data.copy() for _ in range(count)]  # and then its values: faster than to make each of keys and values
        for key, inner in data.items():
            for entry, value in zip(made, _column(inner, columns, count), strict=True):
                entry[key] = value
        return made
    if isinstance(data, list) and data:
        parts = [_column(inner, columns, count) for inner in data]
        return list(map(list, zip(*parts, strict=True)))
    return [data.copy() if isinstance(data, dict | list) else data for _ in range(count)]


class Alike:
    """Takes entries whose keys have a certain indentation."""

    def __init__(self, indent: int) -> None:
        self._indent = indent
        blanks = " " * indent
        self._any = re.compile(rf"{blanks}({_KEY})(:(?: [^\n]*+)?+\n(?:\n|{blanks} [^\n]*+\n)*+){_after(indent)}")
        self._forms: dict[Shape, _Form] = {}

    def take(
        self, text: str, start: Start, end: int, known: Container[str]
    ) -> tuple[dict[str, Any], dict[str, Start], Start]:
        """The entries from here on that begin before `end`, where each begins, and where the next one does.

        The first that is not understood, or whose key is `known` or stands twice, is the next one.
        """
        offset, line = start
        starts: dict[str, Start] = {}
        forms: list[_Form] = []
        rows: dict[_Form, list[Sequence[str]]] = defaultdict(list)
        form: _Form | None = None
        while offset < end:
            if form and form.pattern and (match := form.pattern.match(text, offset)):
                key, *values = match.groups()
                after = match.end()
            elif found := self._entry(text, offset):
                key, form, values, after = found
            else:
                break
            if key in known or key in starts:
                break
            starts[key] = Start(offset, line)
            forms.append(form)
            rows[form].append(values)
            offset = after
            line += form.lines
        made = {form: form.filled(values) for form, values in rows.items()}
        entries = {key: next(made[form]) for key, form in zip(starts, forms, strict=True)}
        return entries, starts, Start(offset, line)

    def _entry(self, text: str, offset: int) -> tuple[str, _Form, list[str], int] | None:
        """The key, the form and the values of the entry that begins here, if it is understood, and where it ends."""
        match = self._any.match(text, offset)
        if not match or len(match[2]) > _LONGEST:
            return None
        parts = _VALUE.split(match[2])
        shape = (*map("".join, zip(parts[::3], parts[1::3], strict=False)), parts[-1])
        form = self._forms.get(shape)
        if not form and len(self._forms) < _MOST:
            form = self._forms[shape] = _Form(self._indent, shape)
        if not form or not form.is_sound:
            return None
        form.count()
        return match[1], form, parts[2::3], match.end()


@lru_cache(8)
def alike(indent: int) -> Alike:
    """The one for an indentation, with the shapes it has learned, such as from other files."""
    return Alike(indent)
