"""The lookup rows of this server, compared and changed by what differs."""

import json
import os
import sqlite3
from collections.abc import Callable
from typing import Any

from . import digest, generation, journal

SECRET_COLUMNS = {"account": {"hash"}}


def compare(key: bytes, wanted: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Which buckets of each table differ, and the digest and visible columns of the rows in them, by primary key."""
    if not journal.LOOKUP.exists():
        return {table: {"buckets": list(summaries), "rows": {}} for table, summaries in wanted.items()}
    found: dict[str, dict[str, Any]] = {}
    with journal.lookup() as database:
        for table, summaries in wanted.items():
            live = {digest.row_key(table, row): row for row in database.execute(f"SELECT * FROM {table}")}  # noqa: S608
            buckets = digest.buckets(key, table, live.values())
            differing = [
                bucket
                for bucket in sorted(buckets.keys() | summaries.keys())
                if bucket not in buckets or digest.summary(key, buckets[bucket]) != summaries.get(bucket)
            ]
            shown = _visible(database, table)
            rows = {
                name: [value, shown(live[name])]
                for bucket in differing
                for name, value in buckets.get(bucket, {}).items()
            }
            found[table] = {"buckets": differing, "rows": rows}
    return found


def _visible(database: sqlite3.Connection, table: str) -> Callable[[tuple[Any, ...]], list[Any]]:
    columns = [entry[1] for entry in database.execute(f"PRAGMA table_info({table})")]
    hidden = SECRET_COLUMNS.get(table, set())
    return lambda row: ["<secret>" if column in hidden else value for column, value in zip(columns, row, strict=True)]


def create(schema: str, watch: str = "") -> None:
    """Make the database, complete before it has its name; an older one gets what it lacks."""
    path = journal.LOOKUP
    if path.exists():
        with journal.lookup() as database:
            if database.execute("PRAGMA user_version").fetchone()[0] < generation.SCHEMA_VERSION:
                database.executescript(f"BEGIN; {watch} PRAGMA user_version = {generation.SCHEMA_VERSION}; COMMIT;")
        return
    path.parent.mkdir(mode=0o750, exist_ok=True)
    uid, gid = generation.ids("root", "mailspec")
    os.chown(path.parent, uid, gid)
    path.parent.chmod(0o750)
    temporary = path.with_suffix(".new")
    for leftover in path.parent.glob(f"{temporary.name}*"):
        leftover.unlink()
    database = sqlite3.connect(temporary)
    database.executescript(f"PRAGMA journal_mode = WAL; {schema} PRAGMA user_version = {generation.SCHEMA_VERSION};")
    database.close()
    os.chown(temporary, uid, gid)
    temporary.chmod(0o640)
    temporary.replace(path)
    with journal.lookup():
        pass  # leaves the files beside it that readers need


def inverse(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes that bring the rows of now back."""
    back: dict[str, Any] = {}
    if not journal.LOOKUP.exists():
        return back
    with journal.lookup() as database:
        for table, change in changes.items():
            where = " AND ".join(f"{column} = ?" for column in change["keys"])
            width = len(change["keys"])
            keys = [*change["drop"], *(row[:width] for row in change["put"])]
            put = []
            for entry in keys:
                put += database.execute(f"SELECT * FROM {table} WHERE {where}", entry).fetchall()  # noqa: S608
            back[table] = {"keys": change["keys"], "put": put, "drop": keys}
    return json.loads(json.dumps(back))  # type: ignore[no-any-return]
