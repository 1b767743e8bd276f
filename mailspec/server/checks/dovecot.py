"""Dovecot: up to version 2.3, doveconf takes any name in a `plugin` section; and each Sieve script has to compile."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ..command import run
from .words import Words

_PROGRAMS = Path("/usr/lib/dovecot")
_SAID = re.compile(r"(?m)^.+?: line (\d+): error: (.+)$")
_SCRIPT = re.compile(r"/etc/dovecot/sieve/(?:accounts|domains)/")
_NAME = re.compile(r"\s+([a-z][a-z0-9_]*) = ")


def check(ours: Collection[str]) -> list[str]:
    """Names in `plugin` sections that no plugin asks for, and mistakes in the scripts of domains and accounts."""
    return [*_names(), *_scripts([path for path in ours if _SCRIPT.match(path)])]


def _scripts(paths: list[str]) -> Iterator[str]:
    """The compiler's words about each script; it stops at the first bad one of a folder, so then each is asked for."""
    folders = sorted({str(Path(path).parent) for path in paths})
    if all(run(["sievec", folder])[0] == 0 for folder in folders):
        return
    for path in sorted(paths):
        code, text = run(["sievec", path])
        found = _SAID.findall(text)
        yield from (f"error: {path}:{line}: {words}" for line, words in found)
        if code and not found:
            yield f"error: {path}: {text}"


def _names() -> list[str]:
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
