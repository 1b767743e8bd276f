"""Tombstones: what is no longer an account or a mailing list, and when it left; its mail stays until a purge."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from . import journal, mailboxes
from .failure import TroubleError

Moves = list[list[str]]
"""Logins that become others, as pairs of the old and the new one."""
_TABLES = {"account": "", "mailing": mailboxes.LIST}
"""What gets a tombstone, and what its name there begins with."""


def found() -> dict[str, int]:
    """When each login left, of those that are no accounts."""
    with _lookup() as database:
        if not _has(database, "tombstone"):
            return {}
        rows = database.execute("SELECT login, removed FROM tombstone ORDER BY login").fetchall()
        return {login: removed for login, removed in rows if not _live(database, [login])}


def moves(renamed: Mapping[str, str]) -> Moves:
    """Which accounts still have to move, given the old login of each renamed one; raises TroubleError if one can not.

    It was an account until now, or has a tombstone, and its new name is none yet.
    """
    left = found()
    with _lookup() as database:
        live = _live(database, {*renamed, *renamed.values()})
    todo = [[old, new] for new, old in sorted(renamed.items()) if new not in live and (old in live or old in left)]
    for old, new in todo:
        if mailboxes.exists(old) and mailboxes.home(new).exists():
            fact = f"{new} has a mailbox of earlier times, so that of {old} can not take its place"
            hint = "purge it (`playbooks/purge.yml`), or choose another name"
            raise TroubleError("mailbox-taken", fact, hint)
    return todo


def changes(rows: dict[str, Any], moves: Moves, schema: str) -> dict[str, Any]:
    """The changes of tombstones and of the users' own passwords that go with changes of accounts.

    `schema` holds the tables if they are made anew; then the changes name all accounts that stay.
    """
    come, away = _come(rows), {old for old, _ in moves}
    with _lookup() as database:
        if not _has(database, "tombstone") and " tombstone " not in schema:
            return {}
        gone = _live(database, None if schema else _dropped(rows)) - come - away
        put = [[login, round(time.time())] for login in sorted(gone)]
        buried = database.execute("SELECT login FROM tombstone").fetchall() if _has(database, "tombstone") else []
        drop = sorted(login for (login,) in buried if login in come | away)
        own = [_password(database, *move) for move in moves]
    passwords = {"put": [row for row in own if row], "drop": [[login] for move in moves for login in move]}
    wanted = {"tombstone": {"put": put, "drop": [[login] for login in drop]}, "user_password": passwords}
    return {table: {"keys": ["login"], **change} for table, change in wanted.items() if change["put"] or change["drop"]}


def _come(rows: dict[str, Any]) -> set[str]:
    """The accounts and mailing lists that changes add, or leave as they are."""
    return {f"{mark}{row[0]}" for table, mark in _TABLES.items() for row in rows.get(table, {"put": []})["put"]}


def _dropped(rows: dict[str, Any]) -> set[str]:
    return {f"{mark}{key[0]}" for table, mark in _TABLES.items() for key in rows.get(table, {"drop": []})["drop"]}


def _password(database: sqlite3.Connection, old: str, new: str) -> list[Any] | None:
    found = database.execute("SELECT hash, changed FROM user_password WHERE login = ?", (old,)).fetchone()
    return [new, *found] if found else None


def _live(database: sqlite3.Connection, names: Iterable[str] | None) -> set[str]:
    """Which of these are accounts or mailing lists at present, or all of them."""
    found: set[str] = set()
    for table, mark in _TABLES.items():
        if not _has(database, table):
            continue
        key = "list" if mark else "login"
        if names is None:
            found |= {f"{mark}{name}" for (name,) in database.execute(f"SELECT {key} FROM {table}")}  # noqa: S608
        else:
            own = (name.removeprefix(mark) for name in names if name.startswith(mailboxes.LIST) == bool(mark))
            ask = f"SELECT {key} FROM {table} WHERE {key} = ?"  # noqa: S608
            found |= {f"{mark}{here}" for name in own for (here,) in database.execute(ask, (name,))}
    return found


def _has(database: sqlite3.Connection, table: str) -> bool:
    return bool(database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone())


@contextmanager
def _lookup() -> Iterator[sqlite3.Connection]:
    """The lookup database, open for reading; an empty one on a fresh server."""
    path = journal.LOOKUP if journal.LOOKUP.exists() else ":memory:"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as database:
        yield database
