"""The journal of a switch: written before the first change, gone after the last, undone when found.

All that needs space is made beside the live files first, so that going live and going back only rename.
At boot this module alone is `/usr/local/lib/mailspec/recover.py`, before any service starts."""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

STATE, RUNTIME = Path("/var/lib/mailspec"), Path("/run")
GENERATIONS = STATE / "generations"
LOOKUP = STATE / "lookup" / "lookup.db"
JOURNAL, UNCONFIRMED, DONE = "journal.json", "unconfirmed.json", "done.json"
"""The names of the journal while a switch works, while it waits to be confirmed, and while it clears up."""
RESERVE = "reserve"
"""Space that is given up when going back, so that a full disk is no obstacle."""
KEPT = ("tombstone", "user_password")
"""The tables that stay when those of a converge are made anew."""


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
        with suppress(OSError, sqlite3.OperationalError):  # for speed alone: who opens it next reads the log to its end
            if LOOKUP.with_name(f"{LOOKUP.name}-wal").stat().st_size > 4 << 20:
                writer.executescript("PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        writer.close()
        reader.close()


def change_rows(database: sqlite3.Connection, changes: dict[str, Any], schema: str = "") -> None:
    """Apply {table: {"keys": [columns], "put": [rows], "drop": [keys]}}, at once; in new tables with a schema."""
    database.execute("BEGIN IMMEDIATE")
    try:
        if schema:
            _make_anew(database, schema)
        database.execute("INSERT INTO converge VALUES (1)")  # seen by the triggers that note the writes of others
        for table, change in changes.items():
            where = " AND ".join(f"{column} = ?" for column in change["keys"])
            database.executemany(f"DELETE FROM {table} WHERE {where}", change["drop"])  # noqa: S608 - our own names
            for row in change["put"]:
                database.execute(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608
        database.execute("DELETE FROM converge")
    except BaseException:
        if database.in_transaction:  # a full disk ends it by itself
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _make_anew(database: sqlite3.Connection, schema: str) -> None:
    """Replace all but the tombstones and the passwords of users."""
    owned = f"SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT IN {KEPT}"  # noqa: S608
    for kind, name in sorted(database.execute(owned).fetchall(), reverse=True):  # a table takes its triggers along
        database.execute(f"DROP {kind} {name}")
    statement = ""
    for line in schema.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):  # `executescript` would end the transaction
            database.execute(statement)
            statement = ""


def beside(path: str, version: str) -> Path:
    """Where the `new` version of a file waits, and the `old` one stays until the switch counts."""
    return Path(path).with_name(f".{Path(path).name}.mailspec-{version}")


def restore(entry: dict[str, Any], *, rows: bool = True) -> None:
    """Bring files, rows and the current generation back; done twice, it is the same as done once."""
    _remove(STATE / RESERVE)
    for path in touched(entry):
        if path not in entry["existed"]:
            _remove(Path(path))
        elif os.path.lexists(beside(path, "old")):
            beside(path, "old").replace(path)
            _remove(beside(path, "old"))  # two names of one file: renaming does nothing
        _remove(beside(path, "new"))
    for folder in reversed(entry["folders"]):
        with suppress(OSError):  # somebody else's files are in it
            Path(folder).rmdir()
    if rows and LOOKUP.exists() and entry["rows"]:
        with lookup() as database:
            change_rows(database, entry["rows"], entry.get("schema", ""))
    _move_back(entry)
    point("current.new", entry["previous"])
    (GENERATIONS / "current.new").replace(GENERATIONS / "current")
    shutil.rmtree(GENERATIONS / f"{entry['generation']:06d}", ignore_errors=True)


def exchange(one: str, other: str) -> None:
    """Let what has two names change places, in one step (renameat2(2))."""
    here, swap = -100, 2
    if ctypes.CDLL(None, use_errno=True).renameat2(here, os.fsencode(one), here, os.fsencode(other), swap):
        raise OSError(ctypes.get_errno(), "its file system can not exchange two names", one)


def _move_back(entry: dict[str, Any]) -> None:
    """Give mailboxes their old names back; the old name is a link to the new one until the switch counts."""
    for old, new in reversed(entry.get("moves", [])):
        if Path(old).is_symlink():
            exchange(old, new)
        if Path(new).is_symlink():
            Path(new).unlink()


def _remove(path: Path) -> None:
    if os.path.lexists(path):  # a read-only file system refuses even to remove what is not there
        path.unlink()


def touched(entry: dict[str, Any]) -> list[str]:
    """Every file that a switch changes."""
    return [*entry["put"], *entry["drop"], *entry["derived"]]


def point(link: str, generation: int) -> None:
    """Make a link to a generation; 0, which never is there, means none."""
    (GENERATIONS / link).unlink(missing_ok=True)
    (GENERATIONS / link).symlink_to(f"{generation:06d}")


def read() -> dict[str, Any] | None:
    """What the unfinished or unconfirmed switch was about to do, or None if there is none."""
    for name in (JOURNAL, UNCONFIRMED):
        with suppress(FileNotFoundError):
            return dict(json.loads((STATE / name).read_text(encoding="utf-8")))
    return None


def forget() -> None:
    """The switch is undone: nothing is left to say."""
    for name in (JOURNAL, UNCONFIRMED):
        (STATE / name).unlink(missing_ok=True)
    sync_directory(STATE)


def finish() -> None:
    """The switch counts: from here on nothing goes back."""
    for name in (JOURNAL, UNCONFIRMED):
        if (STATE / name).exists():
            (STATE / name).replace(STATE / DONE)
    sync_directory(STATE)
    tidy()


def tidy() -> None:
    """Clear what a switch that counts left beside the files."""
    with suppress(FileNotFoundError):
        entry = json.loads((STATE / DONE).read_text(encoding="utf-8"))
        for path in (*(beside(path, "old") for path in touched(entry)), STATE / DONE):
            path.unlink(missing_ok=True)


@contextmanager
def locked(patience: float = 0) -> Iterator[bool]:
    """Hold the lock of this server's state; yields False, without it, when another holds it for longer."""
    STATE.mkdir(mode=0o755, exist_ok=True)
    deadline = time.monotonic() + patience
    with (STATE / "lock").open("a") as lock:
        alone = False
        while not alone:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                alone = True
            if not alone and time.monotonic() >= deadline:
                break
            time.sleep(0 if alone else 0.05)
        yield alone


def undo_at_boot() -> None:
    """Undo a switch that the crash cut short, before any service starts."""
    with locked() as alone:
        if not alone:  # a switch that runs right now starts this unit too
            return
        if entry := read():
            restore(entry)
            forget()
            sys.stdout.write(f"brought back what was before the unfinished generation {entry['generation']}\n")
            if any(path.startswith("/etc/systemd/") for path in touched(entry)):
                subprocess.run(["systemctl", "daemon-reload"], check=False)
        tidy()


def hold() -> None:
    """Keep the lookup database open for reading, so that whoever closes it is never the last and removes nothing."""
    with closing(sqlite3.connect(f"file:{LOOKUP}?mode=ro", uri=True, timeout=20)) as reader:
        reader.execute("SELECT 1 FROM sqlite_master").fetchone()
        signal.pause()


def main() -> None:
    """What systemd asks for: undo at boot, open the lookup database as root, or hold it open."""
    if "--undo" in sys.argv:
        undo_at_boot()
    elif "--hold" in sys.argv:
        hold()
    elif LOOKUP.exists():
        with lookup():
            pass


if __name__ == "__main__":
    main()
