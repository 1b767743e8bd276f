"""Drift: how this server differs from its current generation; reads, and changes nothing."""

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from . import drift_files, drift_system, generation, hand, journal
from .difference import Item, item
from .rows import SECRET_COLUMNS

MOST = 1000
"""How many rows are named."""
PATIENCE = 60
"""Seconds to wait for a switch that is under way."""


def drift(asked: dict[str, Any]) -> dict[str, Any]:
    """What differs: {"generation", "by", "time", "items": [{"kind", "where", "fact", "diff"}]}, sorted.

    `asked` names the ports of the spec, the schema of the rows, and the places nobody wants to hear of.
    """
    with _quiet():
        current = generation.load()
        items = list(_generation(current))
        if current["id"]:
            items += drift_files.managed(current)
            items += drift_files.foreign(current)
            items += drift_files.compiled(current)
            items += drift_system.services(current)
            items += drift_system.ports(current, asked["ports"])
            items += drift_system.firewall(current)
            items += _rows(asked["schema"])
    return {
        "generation": current["id"],
        "by": current.get("by", ""),
        "time": current.get("time", 0),
        "items": drift_system.wanted(items, asked["ignore"]),
    }


@contextmanager
def _quiet() -> Iterator[None]:
    """Wait until no switch is under way, and keep the next one waiting; writes nothing."""
    lock = journal.STATE / "lock"
    if not lock.exists():
        yield
        return
    with lock.open() as file:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield


def _generation(current: dict[str, Any]) -> Iterator[Item]:
    if not current["id"]:
        yield item("generation", str(generation.GENERATIONS), "mailspec has never been here")
    if (journal.STATE / journal.JOURNAL).exists():
        yield item("generation", str(journal.STATE / journal.JOURNAL), "a switch did not end; the next run undoes it")
    for path, owner, group, mode in (
        (generation.GENERATIONS, "root", "root", "0700"),
        (journal.LOOKUP.parent, "root", "mailspec", "0750"),
        (journal.LOOKUP, "root", "mailspec", "0640"),
    ):
        if current["id"] and (fact := drift_files.access(path, {"owner": owner, "group": group, "mode": mode})):
            yield item("access", str(path), fact)


def _rows(schema: str) -> Iterator[Item]:
    try:
        yield from _schema(schema)
        found = [row for row in hand.rows(SECRET_COLUMNS) if not row["same"]]
    except (sqlite3.Error, OSError) as error:
        yield item("row", str(journal.LOOKUP), f"the rows can not be read: {error}")
        return
    for row in found[:MOST]:
        yield item("row", f"{row['table']} {' '.join(map(str, row['key']))}", _fact(row))
    if len(found) > MOST:
        yield item("row", str(journal.LOOKUP), f"{len(found) - MOST} more rows written by hand")


def _fact(row: dict[str, Any]) -> str:
    if row["before"] is None:
        return "added by hand"
    if row["after"] is None:
        return "removed by hand"
    changes = []
    for name, old, new in zip(row["columns"], row["before"], row["after"], strict=True):
        if name in row["differs"]:
            changes.append(name if old == new else f"{name} {old!r} is now {new!r}")
    return f"changed by hand: {', '.join(changes)}"


def _schema(schema: str) -> Iterator[Item]:
    """Tables, views and triggers that are not as the converge made them, if it was a converge of this version."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    with closing(sqlite3.connect(f"file:{journal.LOOKUP}?mode=ro", uri=True, timeout=20)) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] != generation.SCHEMA_VERSION:
            return
        live = {name: sql.split() for name, sql in database.execute(query)}
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(schema)
        made = {name: sql.split() for name, sql in database.execute(query)}
    for name in sorted(live.keys() | made.keys()):
        if live.get(name) != made.get(name):
            fact = "added by hand" if name not in made else "removed by hand" if name not in live else "changed by hand"
            yield item("schema", f"{Path(journal.LOOKUP).name} {name}", fact)
