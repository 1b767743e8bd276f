"""Dovecot: up to version 2.3, doveconf takes any name in a `plugin` section."""

import re
from pathlib import Path

from ..command import run
from .words import Words

_PROGRAMS = Path("/usr/lib/dovecot")
_NAME = re.compile(r"\s+([a-z][a-z0-9_]*) = ")


def check() -> list[str]:
    """Names in `plugin` sections that no plugin asks for."""
    _, text = run(["doveconf", "-n"])
    names: set[str] = set()
    inside = False
    for line in text.splitlines():
        if line.strip().startswith("plugin {"):
            inside = True
        elif line.strip() == "}":
            inside = False
        elif inside and (match := _NAME.match(line)):
            names.add(match[1])
    if not names:
        return []
    words = Words(file for file in _PROGRAMS.rglob("*") if file.suffix == ".so" or file.parent == _PROGRAMS)
    return [f"error: no plugin of Dovecot knows `{name}`" for name in sorted(names) if not _is_known(words, name)]


def _is_known(words: Words, name: str) -> bool:
    """A name may be numbered, and the names of a quota begin with that of its root."""
    bare = name.rstrip("0123456789")
    root, _, rest = bare.partition("_")
    return words.has(bare) or (root == "quota" and (words.has(f"_{rest}") or words.has(f"%s_{rest}")))
