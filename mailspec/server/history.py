"""History: the generations of this server, and what differs between two of them."""

import difflib
from typing import Any

from . import digest, generation, journal, rows
from .failure import TroubleError

_TOLD = ("id", "time", "by", "revision", "reason", "rows")


def generations() -> list[dict[str, Any]]:
    """The kept generations, newest first: when, who, from what, why, and what changed in numbers."""
    current = generation.load()
    found = []
    for number in reversed(generation.kept()):
        manifest = generation.load(number)
        ways = list(manifest.get("changed", {}).values())
        files = [ways.count(way) for way in ("added", "changed", "removed")]
        told = {key: manifest.get(key, "") for key in _TOLD}
        found.append({**told, "files": files, "current": number == current["id"]})
    return found


def difference(before: int, after: int) -> dict[str, Any]:
    """What differs between two generations: a unified diff of each file without secrets, and how many rows."""
    kept = generation.kept()
    for number in (before, after):
        if number not in kept:
            raise TroubleError(
                "no-generation", f"generation {number} is not kept here", f"kept: {', '.join(map(str, kept)) or 'none'}"
            )
    old, new = generation.load(before), generation.load(after)
    paths = sorted({**old["files"], **new["files"]})
    return {
        "before": before,
        "after": after,
        "files": [diff for path in paths if (diff := _file(path, old, new))],
        "rows": _rows(before, after),
    }


def _file(path: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    files = [generation.directory(manifest["id"]) / "files" / path.lstrip("/") for manifest in (old, new)]
    entries = [manifest["files"].get(path, {}) for manifest in (old, new)]
    contents = [file.read_bytes() if file.is_file() else b"" for file in files]
    attributes = [[entry.get(key) for key in ("owner", "group", "mode")] for entry in entries]
    if contents[0] == contents[1] and attributes[0] == attributes[1]:
        return ""
    if any(entry.get("secret") for entry in entries):
        return f"{path}: holds secrets, content not shown\n"
    old_text, new_text = (content.decode(errors="replace").splitlines(keepends=True) for content in contents)
    names = [f"{path} (generation {manifest['id']})" if path in manifest["files"] else "" for manifest in (old, new)]
    text = "".join(difflib.unified_diff(old_text, new_text, names[0] or "/dev/null", names[1] or "/dev/null"))
    return text or f"{path}: {' '.join(map(str, attributes[0]))} -> {' '.join(map(str, attributes[1]))}\n"


def _rows(before: int, after: int) -> dict[str, list[int]]:
    """How many rows of each table one generation has added, changed and removed against the other."""
    if before > after:
        return {table: [removed, changed, added] for table, (added, changed, removed) in _rows(after, before).items()}
    current = generation.load()["id"]
    later = _states(generation.composed(current, after))
    found = {}
    with journal.lookup() as database:
        for table, change in generation.composed(after, before).items():
            if table not in digest.KEYS:
                continue
            width = len(change["keys"])
            old = {tuple(row[:width]): tuple(row) for row in change["put"]}
            numbers = [0, 0, 0]
            for name in change["drop"]:
                key = tuple(name)
                known = later.get(table, {})
                new = known[key] if key in known else rows.row(database, table, change["keys"], name)
                if old.get(key) != new:
                    numbers[0 if key not in old else 2 if new is None else 1] += 1
            if any(numbers):
                found[table] = numbers
    return found


def _states(changes: dict[str, Any]) -> dict[str, dict[tuple[Any, ...], tuple[Any, ...] | None]]:
    """What the rows of changes are afterwards, by key; None for one that is gone."""
    return {
        table: dict.fromkeys(map(tuple, change["drop"]))
        | {tuple(row[: len(change["keys"])]): tuple(row) for row in change["put"]}
        for table, change in changes.items()
    }
