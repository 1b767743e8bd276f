"""A problem in the user's input: where it is, what it is, and what to do about it."""

from dataclasses import dataclass
from pathlib import Path

KeyPath = tuple[str | int, ...]
"""Where a value stands in the spec: the keys and list positions that lead to it."""

SHOWN = 100
"""How many problems a message shows."""


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file; line and column count from 1, 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing the user must mend."""

    place: Place
    id: str
    fact: str
    hint: str

    def __str__(self) -> str:
        return worded(self.place, "error", self.id, self.fact, self.hint)


def worded(place: Place, level: str, id: str, fact: str, hint: str) -> str:  # noqa: A002
    """How everything that is to be mended reads: place, level, id, fact, hint."""
    return f"{place}: {level}[{id}]: {fact}\n\nhint: {hint}\n"


class SpecError(Exception):
    """The input can not be used; carries every problem found, in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.problems)
        rest = f", of which these are the first {SHOWN}" if count > SHOWN else ""
        return "\n".join(str(p) for p in self.problems[:SHOWN]) + f"\n{count} error{'s' if count > 1 else ''}{rest}"

    @classmethod
    def at(cls, file: Path | str, id: str, fact: str, hint: str) -> "SpecError":  # noqa: A002
        """One problem that concerns a whole file."""
        return cls([Problem(Place(str(file)), id, fact, hint)])
