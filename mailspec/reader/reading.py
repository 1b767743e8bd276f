"""What reading one YAML file gives, and what both readers share: `parse` and, for large files, `lines`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..problem import KeyPath, Place, Problem
from .syntax import syntax_error, syntax_problem

DEPTH = 20
"""How deep collections may nest; the model needs six."""

MOST = 100
"""How many problems one file may have before reading stops."""

Worth = Callable[[Any, KeyPath], bool]
"""Whether to read on, judged by the data so far and the path of the collection being read."""

# what YAML does not allow in a stream, and the line separators that only some programs count as such
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_USUAL = b"\t\n\r" + bytes(range(0x20, 0x7F))


class Stop(Exception):  # noqa: N818 - it ends the reading, the problem is already noted
    """Raised when the rest of a file can not be read, or need not be."""


class Start(NamedTuple):
    """Where an entry begins: its line, and the character that line begins with; both from 0."""

    offset: int
    line: int


@dataclass(frozen=True)
class SpecFile:
    """One file of a spec, read."""

    path: Path
    name: str
    """As messages show it."""
    above: KeyPath
    """Where its content belongs in the spec."""
    text: str
    data: dict[str, Any]
    starts: dict[KeyPath, Start]
    """Where its entries begin."""


class Reading:
    """One file: its `data`, the `problems` in it, and whether it is `broken`, which is not read to the end."""

    def __init__(self, file: str, worth: Worth | None, depth: int) -> None:
        self.file = file
        self.depth = depth
        """How many of the outer mappings are made of entries: two in `mail.yml`, one in `accounts/*.yml`."""
        self.worth = worth
        self.data: Any = None
        self.problems: list[Problem] = []
        self.twice: list[tuple[KeyPath, Place]] = []
        """Keys that stand twice in one mapping: the path of the first, the place of the second."""
        self.starts: dict[KeyPath, Start] = {}
        """The entries of the outer block mappings, in the order of the text."""
        self.broken = False
        self.hopeless = False
        """Whether reading ended because what was read is no spec; then `data` holds that."""
        self.path: KeyPath = ()
        """Where reading ended then."""

    def note(self, problem: Problem) -> None:
        """Take one problem; the last one that is worth telling ends the reading."""
        self.problems.append(problem)
        if len(self.problems) >= MOST:
            raise Stop

    def note_twice(self, path: KeyPath, place: Place) -> None:
        """Take a key that stands twice."""
        self.twice.append((path, place))
        if len(self.twice) >= MOST:
            raise Stop

    def note_document(self, place: Place) -> None:
        """Stop at a second document."""
        self.note(Problem(place, "several-documents", "a second document begins here", "keep the part before `---`"))
        raise Stop

    def check_characters(self, text: str) -> None:
        """Stop at a character that YAML does not allow."""
        if text.isascii() and not text.encode().translate(None, _USUAL):
            return  # as nearly always, and found out much faster
        if match := _FORBIDDEN.search(text):
            before = text[: match.start()]
            place = Place(self.file, before.count("\n") + 1, match.start() - before.rfind("\n"))
            fact = f"the character U+{ord(match[0]):04X} has no place in YAML"
            self.problems.append(Problem(place, "bad-character", fact, "remove it"))
            raise Stop

    def check_syntax(self, text: str) -> None:
        """Stop if the text is no YAML; worth it before much of it is read."""
        if error := syntax_error(text):
            self.problems.append(syntax_problem(text, error, self.file))
            raise Stop

    def look(self, data: Any, path: KeyPath) -> None:
        """Stop if what was read so far can not become a spec."""
        if self.worth and not self.worth(data, path):
            self.data, self.path = data, path
            self.hopeless = True
            raise Stop
