"""The words of a program: names it compares options with stand in it as C strings."""

import re
from collections.abc import Iterable
from pathlib import Path

_STRING = re.compile(rb"[A-Za-z0-9_%-]{2,80}\0")


class Words:
    """The C strings of some programs and libraries."""

    def __init__(self, files: Iterable[Path]) -> None:
        strings = {found for file in files if file.is_file() for found in _STRING.findall(file.read_bytes())}
        self._words = {word for string in strings for word in _endings(string[:-1].decode())}

    def has(self, word: str) -> bool:
        """Whether a program has the word, on its own or as the end of a longer one, where linkers put it."""
        return word in self._words


def _endings(word: str) -> Iterable[str]:
    yield word
    for match in re.finditer("[_%-]", word):
        yield word[match.start() :]
        yield word[match.end() :]
