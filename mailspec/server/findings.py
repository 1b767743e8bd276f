"""Findings: what a checker or daemon said, with the file and line it means as far as its words tell.

What changed tells as much as the words: a server that worked before fails because of a line that is new.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_PLACE = re.compile(r"(?P<path>/(?:etc|usr|var|run)/[^\s:,'\"()]+)(?:(?:,? (?:on |at )?line |:)(?P<line>\d+))?")
_COMMENT = re.compile(r"\s*(#|--|//|;)")
_WORD = re.compile(r"[\w./:-]*\w")
_MOST = 10
"""How many findings are enough to mend something."""
_FEW = 20
"""With fewer new lines than this, one of them is the cause."""
_NEW = 0.5
"""The part of a file that may differ before its differences say nothing."""


def placed(said: Sequence[Sequence[str]], etc: Path, services: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Findings from pairs of a service and its words, each once; `services` are the files of each."""
    found: dict[str, dict[str, Any]] = {}
    for service, text in said:
        shown = text.replace(str(etc), "/etc")
        key = re.sub(r"^\S*/?\w+: |<[^<>]*>|\b[0-9A-Fa-f:.]{6,}\b|\b[0-9]+\b", "", shown)
        if key not in found:
            others = [path for name, paths in services.items() if name != service for path in paths]
            found[key] = {"text": shown, **place(shown, etc, services.get(service, []), others)}
    return list(found.values())[:_MOST]


def place(text: str, etc: Path, files: list[str], others: Iterable[str] = ()) -> dict[str, Any]:
    """The path and line a text is about; line 0 is the whole file, path "" unknown."""
    everywhere = [*files, *others]
    named = [match for match in _PLACE.finditer(text) if match["path"] in everywhere]
    if exact := next((match for match in named if match["line"]), None):
        return {"path": exact["path"], "line": int(exact["line"])}
    paths = [match["path"] for match in named] or files
    words = _words(text)
    changed = {path: lines for path in everywhere if (lines := new_lines(path, etc))}
    for candidates in (paths, files, everywhere):  # a word in a line that is new tells most
        for word in words:
            for path in candidates:
                texts = _lines(path, etc)
                if hits := [number for number in changed.get(path, ()) if _holds(texts, number, word)]:
                    return {"path": path, "line": hits[0]}
    for word in (
        words if sum(map(len, changed.values())) not in range(1, _FEW) else ()
    ):  # then the only line with a word
        for path in paths:
            if word != path and (line := _only_line(_lines(path, etc), word)):
                return {"path": path, "line": line}
    for candidates in (paths, files, everywhere):  # then whatever is new
        if path := next((path for path in candidates if path in changed), ""):
            return {"path": path, "line": min(changed[path])}
    return {"path": paths[0] if named else "", "line": 0}


def new_lines(path: str, etc: Path) -> list[int]:
    """The lines of a file as it will be that differ from the live one; none if it is new altogether."""
    live = Path(path)
    if not path.startswith("/etc/") or not live.is_file():
        return []
    before = live.read_text(encoding="utf-8", errors="replace").splitlines()
    after = _lines(path, etc)
    if before == after:
        return []
    found: list[int] = []
    for kind, _, _, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "delete":  # the line that takes the place of what went
            found.append(min(start + 1, max(len(after), 1)))
        elif kind != "equal":
            found += range(start + 1, end + 1)
    return [] if len(found) > max(3, _NEW * len(after)) else found


def _words(text: str) -> list[str]:
    """The words of a text, those first that tell most: names with a `_` or a path before plain English."""
    words = {word for word in _WORD.findall(text) if len(word) > 2}
    return sorted(words, key=lambda word: (not re.search(r"[_/.]", word), -len(word), word))


def _lines(path: str, etc: Path) -> list[str]:
    file = etc / path.removeprefix("/etc/")
    if not path.startswith("/etc/") or not file.is_file():
        return []
    return file.read_text(encoding="utf-8", errors="replace").splitlines()


def _holds(lines: list[str], number: int, word: str) -> bool:
    return number <= len(lines) and word in lines[number - 1]


def _only_line(lines: list[str], word: str) -> int:
    """The line that holds a word, or begins with it if it is plain English, if exactly one does."""
    telling = re.search(r"[_/.]", word)
    hits = [
        number
        for number, line in enumerate(lines, 1)
        if (word in line and not _COMMENT.match(line) if telling else line.split()[:1] == [word])
    ]
    return hits[0] if len(hits) == 1 else 0
