"""Plain scalars become values by the core schema of YAML 1.2 (chapter 10.3), so `no` and `0777` are text."""

import re
from typing import Any

_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z|0o[0-7]{1,20}\Z|0x[0-9a-fA-F]{1,15}\Z")
_FLOAT = re.compile(r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)\Z")


def resolve(text: str) -> Any:
    """What a plain scalar means.

    >>> [resolve("no"), resolve("true"), resolve("0o17"), resolve("0777"), resolve("1e3"), resolve("~")]
    ['no', True, 15, '0777', 1000.0, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "0123456789+-.":
        if _INTEGER.match(text):
            return int(text, 0)
        if _FLOAT.match(text):
            return float(text)
    return text
