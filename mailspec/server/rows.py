"""The lookup rows of this server, compared and changed by what differs."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from . import digest, generation, journal

SECRET_COLUMNS = {"account": {"hash"}, "app_password": {"hash"}}
_OWN = f"sql IS NOT NULL AND name NOT IN {journal.KEPT}"
"""What of the database belongs to a converge."""


def compare(key: bytes, wanted: dict[str, dict[str, list[str]]], *, keep: bool = True) -> dict[str, dict[str, Any]]:
    """Which ranges of each table differ, and the digest and visible columns of the rows in them, by primary key.

    `wanted` has, table by table, the first key of each range and its digest. What is found out of a range is kept
    beside it until one of its rows changes, unless `keep` is False.
    """
    if not journal.LOOKUP.exists() or is_outdated():
        return {table: {"ranges": list(range(len(entry["digests"]))), "rows": {}} for table, entry in wanted.items()}
    with journal.lookup() as database:
        database.text_factory = lambda raw: raw.decode(errors="replace")
        database.execute("BEGIN")
        known = _known(database)
        found: dict[str, dict[str, Any]] = {}
        digests: dict[_Range, str] = {}
        for table, entry in wanted.items():
            ranges = [_Range(table, *ends) for ends in pairwise([*entry["first"], ""])]
            own = [known.get(place) or _digest(database, place) for place in ranges]
            both = zip(digest.sealed(key, own), entry["digests"], strict=True)
            differing = [number for number, (here, there) in enumerate(both) if here != there]
            rows = {name: row for number in differing for name, row in _rows(database, key, ranges[number])}
            found[table] = {"ranges": differing, "rows": rows}
            digests |= zip(ranges, own, strict=True)
        if keep and digests != known:
            _keep(database, digests)
        if database.in_transaction:
            database.execute("COMMIT")
    return found


class _Range(NamedTuple):
    """Neighbouring rows: the first key that may be theirs, and the first that is not; at the end there is none."""

    table: str
    first: str
    after: str

    def source(self, database: sqlite3.Connection) -> tuple[list[str], str, tuple[str, ...]]:
        """The columns, and the rows in their order: SQL and its parameters."""
        columns = [entry[1] for entry in database.execute(f"PRAGMA table_info({self.table})")]
        end = f"AND {columns[0]} < ?" if self.after else ""
        order = ", ".join(columns[: digest.KEYS[self.table]])
        text = f"FROM {self.table} WHERE {columns[0]} >= ? {end} ORDER BY {order}"
        return columns, text, (self.first, self.after) if self.after else (self.first,)


def _digest(database: sqlite3.Connection, place: _Range) -> str:
    """The digest of the rows of a range; SQLite puts their lines together, so that many cost little."""
    columns, source, bounds = place.source(database)
    lines = f"SELECT {' || char(9) || '.join(columns)} AS line {source}"
    joined = "coalesce(group_concat(line, char(10)), '')"
    # as bytes: nothing has to be decoded for a digest
    text = f"SELECT count(*), CAST({joined} AS BLOB) FROM ({lines})"  # noqa: S608 - our own names
    return digest.lines(*database.execute(text, bounds).fetchone())


def _rows(database: sqlite3.Connection, key: bytes, place: _Range) -> Iterator[tuple[str, list[Any]]]:
    columns, source, bounds = place.source(database)
    hidden = SECRET_COLUMNS.get(place.table, set())
    for row in database.execute(f"SELECT * {source}", bounds):
        shown = ["<secret>" if column in hidden else value for column, value in zip(columns, row, strict=True)]
        yield digest.row_key(place.table, row), [digest.row(key, row), shown]


def _known(database: sqlite3.Connection) -> dict[_Range, str]:
    """The digests that were kept; none if since then somebody has changed a table, or a trigger that watches one."""
    (made,) = database.execute("PRAGMA schema_version").fetchone()
    query = "SELECT tbl, first, after, digest FROM digest WHERE made = ?"
    return {_Range(*ends): found for *ends, found in database.execute(query, (made,))}


def _keep(database: sqlite3.Connection, digests: dict[_Range, str]) -> None:
    """Keep these digests and no others, unless somebody has written meanwhile; then they are found out again."""
    (made,) = database.execute("PRAGMA schema_version").fetchone()
    try:
        database.execute("DELETE FROM digest")
        values = ((*place, found, made) for place, found in digests.items())
        database.executemany("INSERT INTO digest VALUES (?, ?, ?, ?, ?)", values)
    except sqlite3.OperationalError:
        if database.in_transaction:  # a full disk ends it by itself
            database.execute("ROLLBACK")


def is_outdated() -> bool:
    """Whether the database is there, and of another version than this program."""
    if not journal.LOOKUP.exists():
        return False
    with closing(sqlite3.connect(f"file:{journal.LOOKUP}?mode=ro", uri=True, timeout=20)) as database:
        return bool(database.execute("PRAGMA user_version").fetchone()[0] != generation.SCHEMA_VERSION)


def schema() -> str:
    """The SQL that makes the live database anew, without tombstones and the passwords of users."""
    with closing(sqlite3.connect(f"file:{journal.LOOKUP}?mode=ro", uri=True, timeout=20)) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        found = database.execute(f"SELECT sql FROM sqlite_master WHERE {_OWN} ORDER BY rowid").fetchall()  # noqa: S608
    return "".join(f"{sql};\n" for (sql,) in found) + f"PRAGMA user_version = {version};\n"


def scratch(folder: Path, schema: str) -> Path:
    """An empty database beside the live one, for a check of what will ask it after the switch; returns its folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o755)
    with closing(sqlite3.connect(folder / journal.LOOKUP.name)) as database:
        database.executescript(schema)
    (folder / journal.LOOKUP.name).chmod(0o644)
    return folder


def create(schema: str) -> None:
    """Make the database, complete before it has its name; an older one is made anew by the switch, with its rows."""
    path = journal.LOOKUP
    if path.exists():
        return
    path.parent.mkdir(mode=0o750, exist_ok=True)
    uid, gid = generation.ids("root", "mailspec")
    os.chown(path.parent, uid, gid)
    path.parent.chmod(0o750)
    temporary = path.with_suffix(".new")
    for leftover in path.parent.glob(f"{temporary.name}*"):
        leftover.unlink()
    database = sqlite3.connect(temporary)
    database.executescript(f"PRAGMA journal_mode = WAL; {schema}")
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


def inverse(changes: dict[str, Any], *, anew: bool = False) -> dict[str, Any]:
    """The changes that bring the rows of now back: all rows, where the tables are made anew."""
    back: dict[str, Any] = {}
    if not journal.LOOKUP.exists():
        return back
    with journal.lookup() as database:
        if anew:
            back = _everything(database)
            changes = {table: changes[table] for table in journal.KEPT if table in changes and _has(database, table)}
        for table, change in changes.items():
            width = len(change["keys"])
            keys = [
                list(key)
                for key in dict.fromkeys(map(tuple, [*change["drop"], *(put[:width] for put in change["put"])]))
            ]
            found = [row(database, table, change["keys"], key) for key in keys]
            back[table] = {"keys": change["keys"], "put": [was for was in found if was], "drop": keys}
    return json.loads(json.dumps(back))  # type: ignore[no-any-return]


def _has(database: sqlite3.Connection, table: str) -> bool:
    return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone())


def _everything(database: sqlite3.Connection) -> dict[str, Any]:
    found = {}
    tables = database.execute(f"SELECT name FROM sqlite_master WHERE type = 'table' AND {_OWN}").fetchall()  # noqa: S608
    for (table,) in tables:
        columns = sorted((entry[5], entry[1]) for entry in database.execute(f"PRAGMA table_info({table})") if entry[5])
        if columns:  # what marks a running converge has no key, and nothing to keep
            put = [list(row) for row in database.execute(f"SELECT * FROM {table}")]  # noqa: S608
            found[table] = {"keys": [name for _, name in columns], "put": put, "drop": []}
    return found


def ways(changes: dict[str, Any]) -> dict[str, set[str]]:
    """What each account among the changes opens at present: by which protocols and app passwords, what is shared."""
    if not journal.LOOKUP.exists() or is_outdated():
        return {}
    touched = [changes[table] for table in ("account", "app_password", "shared") if table in changes]
    found = {row[0]: set[str]() for change in touched for row in [*change["put"], *change["drop"]]}
    with closing(sqlite3.connect(f"file:{journal.LOOKUP}?mode=ro", uri=True, timeout=20)) as database:
        for login in found:
            for (protocols,) in database.execute("SELECT protocols FROM login WHERE login = ?", (login,)):
                found[login] |= set(protocols.split())
            for app in database.execute(
                "SELECT label, protocols, networks, tag FROM app_login WHERE login = ?", (login,)
            ):
                found[login].add(repr(app))
            shared = "SELECT mailbox, level FROM opened WHERE login = ?"
            found[login] |= set(map(repr, database.execute(shared, (login,))))
    return found


def shared() -> list[str]:
    """The mailboxes that people open and nobody logs in to."""
    with closing(sqlite3.connect(f"file:{journal.LOOKUP}?mode=ro", uri=True, timeout=20)) as database:
        return [login for (login,) in database.execute("SELECT login FROM account WHERE state = 'shared'")]


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
