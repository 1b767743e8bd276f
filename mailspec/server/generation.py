"""Generations: what mailspec has put on this server, each with its files and services."""

import grp
import json
import os
import pwd
import shutil
import time
from functools import cache
from pathlib import Path
from typing import Any

from . import copies, journal

GENERATIONS = journal.STATE / "generations"
CURRENT = GENERATIONS / "current"
SCHEMA_VERSION = 14
"""Which tables this program writes; a database of another version is made anew by the next switch."""
_SETTLED = 3
"""Seconds a staged file is old at once: Postfix waits before it reads one that somebody may still be writing."""


def load(number: int = 0) -> dict[str, Any]:
    """The manifest of a generation, or of the current one; an empty one on a fresh server."""
    folder = directory(number) if number else CURRENT
    if not folder.exists():
        return {"id": 0, "files": {}, "services": {}}
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def directory(number: int) -> Path:
    """Where a generation is kept."""
    return GENERATIONS / f"{number:06d}"


def kept() -> list[int]:
    """The generations that are there, oldest first; one that a crash cut short does not count."""
    if not CURRENT.exists():
        return []
    newest = int(CURRENT.readlink().name)
    return sorted(
        int(entry.name) for entry in GENERATIONS.iterdir() if entry.name.isdigit() and int(entry.name) <= newest
    )


def stage_directory(run: str, check: bool) -> Path:
    """Where the files of this run wait for the switch: in memory, as disks of mail servers are busy."""
    return journal.RUNTIME / f"mailspec-{'check' if check else 'stage'}-{run}"


def prepare_state() -> None:
    """The directories of the state, private from the start."""
    journal.STATE.mkdir(mode=0o755, exist_ok=True)
    GENERATIONS.mkdir(mode=0o700, exist_ok=True)


def write_staged(path: Path, data: bytes, owner: str, group: str, mode: str) -> None:
    """Write a staged file; it has owner and mode before it has content."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchown(descriptor, *ids(owner, group))
        os.fchmod(descriptor, int(mode, 8))
        file.write(data)
        file.flush()
        settled = time.time() - _SETTLED
        os.utime(descriptor, (settled, settled))


@cache
def ids(owner: str, group: str) -> tuple[int, int]:
    """The numbers of a user and a group; they are asked for once for many files."""
    return pwd.getpwnam(owner).pw_uid, grp.getgrnam(group).gr_gid


def differs(path: Path, owner: str, group: str, mode: str) -> str:
    """How the attributes of a live file differ, or nothing."""
    status = path.stat()
    try:
        if (status.st_uid, status.st_gid) != ids(owner, group):
            return "owner"
    except KeyError:
        return "owner"
    return "mode" if status.st_mode & 0o7777 != int(mode, 8) else ""


def create(manifest: dict[str, Any], staged: Path, removed: list[str], rows: dict[str, Any]) -> Path:
    """Write the next generation: the files of the current one with the staged ones over them, linked where equal.

    `rows` says how to undo its changes of rows, and of which schema they are if that changes too.
    """
    target = directory(manifest["id"])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o700)
    if CURRENT.exists():
        shutil.copytree(CURRENT / "files", target / "files", copy_function=os.link)
    for path in removed:
        (target / "files" / path.lstrip("/")).unlink(missing_ok=True)
    for source in sorted(staged.rglob("*")):
        if source.is_file():
            copies.copy(source, target / "files" / source.relative_to(staged))
    (target / "files").mkdir(exist_ok=True)
    for path in [f"/{source.relative_to(staged)}" for source in staged.rglob("*") if source.is_file()] + removed:
        if Path(path).is_file():
            save(Path(path), target / "replaced" / path.lstrip("/"))
    journal.write_private(target / "rows.json", json.dumps(rows))
    journal.write_private(target / "manifest.json", json.dumps(manifest, indent=1))
    return target


def save(live: Path, target: Path) -> None:
    """Keep what is live now; it shares its space with the live file until that is replaced, where it can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(live, target)
    except OSError:  # another file system
        copies.copy(live, target)


def make_current() -> None:
    """Point `current` at the generation that is live now, in one step."""
    (GENERATIONS / "current.new").replace(CURRENT)
    journal.sync_directory(GENERATIONS)


def prune(keep: int) -> None:
    """Forget the oldest generations."""
    for number in kept()[:-keep]:
        shutil.rmtree(directory(number))


def schema(newest: int, oldest: int) -> str:
    """The tables of an older generation, where they are not those of the newer one."""
    found = [_rows(number).get("schema", "") for number in range(newest, oldest, -1)]
    return next((schema for schema in reversed(found) if schema), "")


def _rows(number: int) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads((directory(number) / "rows.json").read_text(encoding="utf-8"))
    return rows


def renamed(newest: int, oldest: int) -> dict[str, str]:
    """The login that each one had later, by what it was in an older generation."""
    found: dict[str, str] = {}
    for number in range(oldest + 1, newest + 1):
        for old, new in load(number).get("moves", []):
            first = next((then for then, now in found.items() if now == old), old)
            found[first] = new
    return found


def composed(newest: int, oldest: int) -> dict[str, Any]:
    """The row changes that lead from one generation back to an older one; for one key the oldest undo counts."""
    keys: dict[str, list[str]] = {}
    before: dict[str, dict[tuple[Any, ...], list[Any] | None]] = {}
    for number in range(newest, oldest, -1):
        rows_ = _rows(number)
        if rows_.get("schema"):  # it has all rows of its tables
            keys, before = {}, {}
        for table, change in rows_["undo"].items():
            keys[table] = change["keys"]
            rows = before.setdefault(table, {})
            rows |= dict.fromkeys(map(tuple, change["drop"]))
            rows |= {tuple(row[: len(keys[table])]): row for row in change["put"]}
    return {
        table: {
            "keys": keys[table],
            "put": [row for row in rows.values() if row is not None],
            "drop": [list(key) for key in rows],
        }
        for table, rows in before.items()
    }
