"""One YAML file as plain data, by the reader that suits its size."""

from .lines import Lines
from .parse import Reader
from .reading import Reading, Worth

LARGE = 100_000
"""From how many characters on a spec is large: then speed counts, else that no error is missed."""


def read(text: str, file: str, worth: Worth | None = None, size: int = 0, depth: int = 2) -> Reading:
    """What a file of a spec of this size holds; `worth` is asked from time to time whether to read on."""
    text = text.replace("\r\n", "\n")
    if max(len(text), size) < LARGE or "\r" in text:
        return Reader(text, file, worth, depth)
    lines = Lines(text, file, worth, depth)
    return Reader(text, file, worth, depth) if lines.is_odd else lines
