"""The journal of a switch: written before the first change, gone after the last, undone when found.

A server is on its old generation or on its new one. This module stands alone (standard library only), because
it also runs at boot as `/usr/local/lib/mailspec/recover.py`, before any service starts.
"""

import fcntl
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

STATE = Path("/var/lib/mailspec")
JOURNAL = STATE / "journal.json"
LOOKUP = STATE / "lookup" / "lookup.db"


def write_private(path: Path, text: str) -> None:
    """Replace a file that only root reads, in one step, safe against a crash."""
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make the names in a directory survive a crash."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy(source: Path, target: Path) -> None:
    """Copy a file with owner and mode, which it has before it has content."""
    target.parent.mkdir(parents=True, exist_ok=True)
    status = source.stat()
    temporary = target.with_name(f".{target.name}.mailspec")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as reader, os.fdopen(descriptor, "wb") as writer:
        os.fchown(descriptor, status.st_uid, status.st_gid)
        os.fchmod(descriptor, status.st_mode & 0o7777)
        shutil.copyfileobj(reader, writer)
        writer.flush()
        os.fsync(descriptor)
    temporary.replace(target)


@contextmanager
def lookup() -> Iterator[sqlite3.Connection]:
    """The lookup database, open for writing.

    A second, reading connection closes last: the last writer to close would delete `-wal` and `-shm`, and the
    daemons, which may not create them, could not read any more.
    """
    writer = sqlite3.connect(LOOKUP, isolation_level=None, timeout=20)
    reader = sqlite3.connect(f"file:{LOOKUP}?mode=ro", uri=True, timeout=20)
    try:
        for connection in (writer, reader):
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield writer
    finally:
        writer.close()
        reader.close()


def change_rows(database: sqlite3.Connection, changes: dict[str, Any]) -> None:
    """Apply row changes in one transaction: {table: {"keys": [columns], "put": [rows], "drop": [keys]}}."""
    database.execute("BEGIN IMMEDIATE")
    try:
        database.execute("INSERT INTO converge VALUES (1)")  # seen by the triggers that note the writes of others
        for table, change in changes.items():
            where = " AND ".join(f"{column} = ?" for column in change["keys"])
            database.executemany(f"DELETE FROM {table} WHERE {where}", change["drop"])  # noqa: S608 - our own names
            for row in change["put"]:
                marks = ", ".join("?" * len(row))
                database.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)  # noqa: S608
        database.execute("DELETE FROM converge")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def read() -> dict[str, Any] | None:
    """What the unfinished switch was about to do, or None if there is none."""
    if not JOURNAL.exists():
        return None
    journal: dict[str, Any] = json.loads(JOURNAL.read_text(encoding="utf-8"))
    return journal


def undo() -> dict[str, Any] | None:
    """Bring the generation before an unfinished switch back; returns its journal, or None if there is none."""
    journal = read()
    if journal is None:
        return None
    saved = Path(journal["saved"])
    for path in journal["paths"]:
        before = saved / path.lstrip("/")
        if before.exists():
            copy(before, Path(path))
        else:
            Path(path).unlink(missing_ok=True)
    if LOOKUP.exists() and journal["rows"]:
        with lookup() as database:
            change_rows(database, journal["rows"])
    JOURNAL.unlink()
    sync_directory(JOURNAL.parent)
    return journal


@contextmanager
def locked(*, wait: bool = True) -> Iterator[bool]:
    """Hold the lock of this server's state; yields False, without it, if it may not wait and another holds it."""
    STATE.mkdir(mode=0o755, exist_ok=True)
    with (STATE / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def main() -> None:
    """At boot: undo a switch that the crash cut short, and open the lookup database for its readers."""
    with locked(wait=False) as alone:
        undone = undo() if alone else None  # a switch that runs right now starts this unit too
        if undone:
            sys.stdout.write(f"brought back what was before the unfinished generation {undone['generation']}\n")
    if LOOKUP.exists():
        with lookup():
            pass


def hold() -> None:
    """Keep the lookup database open for reading, so that whoever closes it is never the last and removes nothing."""
    with closing(sqlite3.connect(f"file:{LOOKUP}?mode=ro", uri=True, timeout=20)) as reader:
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        signal.pause()


if __name__ == "__main__":
    hold() if "--hold" in sys.argv else main()
