"""One difference between a server and its generation, and how texts differ."""

import difflib
from typing import Any

Item = dict[str, Any]
"""A difference: its kind, where it is, what it is, and a diff where there is one to show."""

LINES = 200
"""The most lines of a diff that travel."""


def item(kind: str, where: str, fact: str, diff: str = "") -> Item:
    """One difference."""
    return {"kind": kind, "where": where, "fact": fact, "diff": diff}


def unified(before: str, after: str, before_name: str, after_name: str) -> str:
    """A unified diff that fits on some screens."""
    texts = (before.splitlines(), after.splitlines())
    lines = list(difflib.unified_diff(*texts, before_name, after_name, lineterm=""))
    more = len(lines) - LINES
    return "\n".join([*lines[:LINES], *([f"... {more} more lines"] if more > 0 else [])])
