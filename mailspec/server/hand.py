"""What hands have done since the current generation: managed files edited or removed, rows written by others."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from . import generation, journal
from .difference import unified

DIRECTORY = "made a directory by hand"
EDITS = ("changed by hand", DIRECTORY, "made a link by hand", "removed by hand")
"""What hands do to files that a converge does not undo unasked."""


def known(path: str) -> Path:
    """The copy of a live file in the current generation."""
    return generation.CURRENT / "files" / path.lstrip("/")


def edit(path: str, current: dict[str, Any]) -> str:
    """What a hand did to a managed file, in a few words; nothing when it is as the current generation left it."""
    copy, live = known(path), Path(path)
    if path not in current["files"] or not copy.is_file():
        return ""
    if live.is_symlink():
        return "made a link by hand"
    if live.is_dir():
        return DIRECTORY
    if not live.is_file():
        return "removed by hand"
    return "" if live.read_bytes() == copy.read_bytes() else "changed by hand"


def diff(path: str) -> str:
    """What a hand changed in a file, as a unified diff; not for files with secrets."""
    live = Path(path)
    try:
        after = f"-> {live.readlink()}\n" if live.is_symlink() else live.read_text(encoding="utf-8", errors="replace")
    except OSError:
        after = ""
    before = known(path).read_text(encoding="utf-8", errors="replace")
    return unified(before, after, f"{path} (mailspec)", f"{path} (now)")


def rows(hidden: dict[str, set[str]]) -> list[dict[str, Any]]:
    """The rows that somebody else wrote since the last converge: table, key, what stood there and what does now.

    Triggers of the database note them (`mailspec/rows/by_hand.py`); `hidden` names the columns whose values stay there.
    """
    with _noted() as (database, found):
        return [_row(database, *note, hidden.get(note[0], set())) for note in found]


def forget() -> dict[str, Any]:
    """The change of rows that ends the notes: what a switch leaves behind is nobody's edit."""
    with _noted() as (_, found):
        keys = [[table, key] for table, key, _ in found]
    return {"by_hand": {"keys": ["tbl", "key"], "put": [], "drop": keys}} if keys else {}


@contextmanager
def _noted() -> Iterator[tuple[sqlite3.Connection, list[tuple[str, str, str | None]]]]:
    """The lookup database, open for reading, and what its triggers noted."""
    path = journal.LOOKUP if journal.LOOKUP.exists() else ":memory:"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as database:
        watched = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'by_hand'").fetchone()
        query = "SELECT tbl, key, before FROM by_hand ORDER BY tbl, key"
        yield database, database.execute(query).fetchall() if watched else []


def _row(database: sqlite3.Connection, table: str, name: str, before: str | None, hidden: set[str]) -> dict[str, Any]:
    key = json.loads(name)
    columns = [entry[1] for entry in database.execute(f"PRAGMA table_info({table})")]
    where = " AND ".join(f"{column} = ?" for column in columns[: len(key)])
    now = database.execute(f"SELECT * FROM {table} WHERE {where}", key).fetchone()  # noqa: S608 - our own names
    old, new = json.loads(before) if before else None, list(now) if now else None
    return {
        "table": table,
        "key": key,
        "columns": columns,
        "before": _visible(columns, old, hidden),
        "after": _visible(columns, new, hidden),
        "differs": [name for name, a, b in zip(columns, old, new, strict=True) if a != b] if old and new else [],
        "same": old == new,
    }


def _visible(columns: list[str], row: list[Any] | None, hidden: set[str]) -> list[Any] | None:
    if row is None:
        return None
    return ["<secret>" if column in hidden else value for column, value in zip(columns, row, strict=True)]
