"""The lookup rows of this server, compared and changed by what differs."""

import json
import os
import sqlite3
from typing import Any

from . import digest, generation, journal

SECRET_COLUMNS = {"account": {"hash"}}


def compare(key: bytes, wanted: dict[str, dict[str, list[str]]]) -> dict[str, dict[str, Any]]:
    """Which ranges of each table differ, and the digest and visible columns of the rows in them, by primary key.

    `wanted` has, table by table, the first key of each range and its digest. SQLite puts the lines of a range together,
    so that many rows cost little.
    """
    if not journal.LOOKUP.exists():
        return {table: {"ranges": list(range(len(entry["digests"]))), "rows": {}} for table, entry in wanted.items()}
    with journal.lookup() as database:
        database.text_factory = lambda raw: raw.decode(errors="replace")
        return {table: _differing(database, key, table, **entry) for table, entry in wanted.items()}


def _differing(
    database: sqlite3.Connection, key: bytes, table: str, first: list[str], digests: list[str]
) -> dict[str, Any]:
    columns = [entry[1] for entry in database.execute(f"PRAGMA table_info({table})")]
    hidden = SECRET_COLUMNS.get(table, set())
    line, order = " || char(9) || ".join(columns), ", ".join(columns[: digest.KEYS[table]])
    differing, rows = [], {}
    for number, wanted in enumerate(digests):
        bounds = first[number : number + 2]
        end = f"AND {columns[0]} < ?" if len(bounds) == 2 else ""
        source = f"FROM {table} WHERE {columns[0]} >= ? {end} ORDER BY {order}"
        # as bytes: nothing has to be decoded for a digest
        text = f"SELECT count(*), CAST(coalesce(group_concat(line, char(10)), '') AS BLOB) FROM (SELECT {line} AS line {source})"  # noqa: S608, E501
        if digest.lines(key, *database.execute(text, bounds).fetchone()) == wanted:
            continue
        differing.append(number)
        for row in database.execute(f"SELECT * {source}", bounds):
            shown = ["<secret>" if column in hidden else value for column, value in zip(columns, row, strict=True)]
            rows[digest.row_key(table, row)] = [digest.row(key, row), shown]
    return {"ranges": differing, "rows": rows}


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


def row(database: sqlite3.Connection, table: str, keys: list[str], name: list[Any]) -> tuple[Any, ...] | None:
    """The row with a primary key."""
    where = " AND ".join(f"{column} = ?" for column in keys)
    found: tuple[Any, ...] | None = database.execute(f"SELECT * FROM {table} WHERE {where}", name).fetchone()  # noqa: S608
    return found


def inverse(changes: dict[str, Any]) -> dict[str, Any]:
    """The changes that bring the rows of now back."""
    back: dict[str, Any] = {}
    if not journal.LOOKUP.exists():
        return back
    with journal.lookup() as database:
        for table, change in changes.items():
            width = len(change["keys"])
            keys = [
                list(key)
                for key in dict.fromkeys(map(tuple, [*change["drop"], *(put[:width] for put in change["put"])]))
            ]
            found = [row(database, table, change["keys"], key) for key in keys]
            back[table] = {"keys": change["keys"], "put": [was for was in found if was], "drop": keys}
    return json.loads(json.dumps(back))  # type: ignore[no-any-return]


def counts(changes: dict[str, Any], undo: dict[str, Any]) -> dict[str, list[int]]:
    """How many rows of each table are added, changed and removed."""
    found = {}
    for table, change in changes.items():
        width = digest.KEYS.get(table, 0)
        put = {tuple(row[:width]) for row in change["put"]}
        before = {tuple(row[:width]) for row in undo.get(table, {"put": []})["put"]}
        numbers = [len(put - before), len(put & before), len(before - put)]
        if width and any(numbers):
            found[table] = numbers
    return found
