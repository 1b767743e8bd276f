"""Broken YAML: found at the speed of C, and told in our words."""

import re
import time
from typing import Any

import yaml
from yaml._yaml import CParser

from ..problem import Place, Problem

_WORDS = {
    "mapping values are not allowed": (
        "a `:` follows where no key can stand",
        "put the text in quotes if the `:` belongs to it, or mend the indentation",
    ),
    "could not find expected ':'": ("a text stands where a key is needed", "write `key: value`"),
    "did not find expected key": (
        "this does not belong to the lines above",
        "mend the indentation, or put the text before it in quotes",
    ),
    "found unexpected end of stream": ("the quote is never closed", "close it"),
    "expected ',' or ']'": (
        "a `,` or `]` is missing before this",
        "write `[a, b]`",
    ),
    "expected ',' or '}'": (
        "a `,` or `}` is missing before this",
        "write `{a: 1, b: 2}`",
    ),
    "cannot start any token": ("no text can begin with this character", "put the text in quotes"),
    "undefined tag handle": ("this tag is unknown", "the only tag is `!secret NAME`"),
}
"""What libyaml says, and how we say it."""

_DEEP = re.compile(r"\n[ \t?-]{200}")
_PATIENCE = 0.1
"""Seconds for 16 kB, which take a thousandth of that unless brackets nest by the thousand."""


def syntax_error(text: str) -> yaml.MarkedYAMLError | None:
    """What is wrong with the syntax of a whole text; None also when finding out would take too long.

    libyaml reads a text far faster than Python takes the events of it one by one, unless it nests deeply.
    """
    if _DEEP.match(f"\n{text[:200]}") or _DEEP.search(text):
        return None
    try:
        CParser(_Patient(text)).raw_parse()
    except yaml.MarkedYAMLError as error:
        return error
    except TimeoutError:
        pass
    return None


class _Patient:
    """A text in portions, which gives up when one of them takes long: libyaml is slow on deep nesting."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.index = 0
        self.time = time.process_time()

    def read(self, size: int = 1, /) -> str:
        now = time.process_time()
        if now - self.time > _PATIENCE:
            raise TimeoutError
        self.time = now
        portion = self.text[self.index : self.index + size]
        self.index += size
        return portion


def syntax_problem(text: str, error: yaml.MarkedYAMLError, file: str, line: int = 0) -> Problem:
    """The words for an error of libyaml; `line` says how many lines of the file stand before the text."""
    mark: Any = error.problem_mark
    fact = error.problem or "this is no YAML"
    if error.context_mark and fact in {"could not find expected ':'", "found unexpected end of stream"}:
        mark = error.context_mark  # where the text begins; the problem is noticed only after it
    lines = text.split("\n")
    if mark.line >= len(lines) or not "".join(lines[mark.line :])[mark.column :].strip():
        mark = error.context_mark or mark
        if "flow" in (error.context or ""):
            place = Place(file, line + mark.line + 1, mark.column + 1)
            return Problem(place, "syntax", "the bracket that opens here is never closed", "close it")
    place = Place(file, line + mark.line + 1, mark.column + 1)
    shown = lines[min(mark.line, len(lines) - 1)]
    if "cannot start any token" in fact and shown[mark.column :].startswith("\t") | shown.startswith("\t"):
        return Problem(place, "tab", "a tab can not indent", "indent with blanks")
    plain = (fact, "mend the line, or put the text in quotes")
    return Problem(place, "syntax", *next((words for part, words in _WORDS.items() if part in fact), plain))
