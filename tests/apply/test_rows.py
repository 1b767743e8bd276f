"""The rows of a server become those of the spec by what differs, and survive a writer that dies."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailspec.ansible.lookup import Lookup, payload
from mailspec.rows import SCHEMA, TABLES, Row
from mailspec.secrets import Vault
from mailspec.server import digest, generation, journal, rows
from mailspec.tree import Tree
from tests.examples import examples

KEY = b"k" * 32
Names = st.text("abc", min_size=1, max_size=2)
Tables = st.fixed_dictionaries(
    {
        "route": st.sets(st.tuples(Names, Names), max_size=12),
        "domain": st.dictionaries(Names, Names, max_size=6).map(lambda d: {(k, v, "mail", "") for k, v in d.items()}),
    }
)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "lookup" / "lookup.db"
    monkeypatch.setattr(journal, "LOOKUP", path)
    monkeypatch.setattr(generation, "ids", lambda *_: (os.getuid(), os.getgid()))
    monkeypatch.setattr(digest, "RANGE", 2)  # so that a few rows are several ranges
    rows.create(SCHEMA)
    return path


VAULT = Vault(Path("vault.yml"), b"", {})


def tree(tables: Mapping[str, set[tuple[str, ...]]]) -> Tree:
    return Tree("mx1.example.org", {}, {table: sorted(tables.get(table, set())) for table in TABLES}, ())


def changes_to(wanted: Tree) -> dict[str, Any]:
    known = Lookup(wanted.rows, VAULT)
    return payload(VAULT, known.changes(KEY, rows.compare(KEY, known.wanted(KEY))))


def apply(changes: dict[str, object]) -> None:
    with journal.lookup() as connection:
        journal.change_rows(connection, changes)


def live() -> dict[str, set[tuple[str, ...]]]:
    with journal.lookup() as connection:
        return {name: set(connection.execute(f"SELECT * FROM {name}")) for name in ("route", "domain")}


@pytest.mark.usefixtures("database")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40), deadline=None)
@given(steps=st.lists(Tables, min_size=1, max_size=3))
def test_any_rows_become_any_other_rows(steps: list[dict[str, set[tuple[str, ...]]]]) -> None:
    for wanted in steps:
        before = live()
        changes = changes_to(tree(wanted))
        back = rows.inverse(changes)
        apply(changes)
        assert live() == wanted
        apply(back)
        assert live() == before
        apply(changes)
        assert changes_to(tree(wanted)) == {}


@given(st.lists(st.text("abc", max_size=4), max_size=40).map(sorted), st.integers(1, 4))
def test_ranges_cover_all_rows_and_part_no_key(names: list[str], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digest, "RANGE", size)
        starts = digest.starts(names)
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert all(names[start - 1] < names[start] for start in starts[1:])
    ends = [*starts[1:], len(names)]
    ranges = [names[start:end] for start, end in zip(starts, ends, strict=True)]
    assert all(len(found) <= size or len(set(found)) == 1 for found in ranges)


def test_a_row_more_parts_no_range_but_its_own() -> None:
    names = [f"person{number:05}@example.org" for number in range(20_000)]
    more = sorted([*names, "person07500x@example.org"])
    before = {names[start] for start in digest.starts(names)}
    after = {more[start] for start in digest.starts(more)}
    assert len(before) == 20
    assert before <= after


HAND = {
    "a tab in a key": ("a\tb", "c"),
    "a tab in a value": ("a", "b\tc"),
    "two rows in one": ("a", "b\na\tc"),
    "an empty key": ("", ""),
    "beyond the last key": ("\U0010ffff", "x"),
}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("row", HAND.values(), ids=HAND)
def test_a_row_written_by_hand_is_found(row: tuple[str, str]) -> None:
    wanted = tree({"route": {("a", "b"), ("a", "c"), ("b", "b")}})
    apply(changes_to(wanted))
    with journal.lookup() as connection:
        connection.execute("DELETE FROM route WHERE address = 'a'")
        connection.execute("INSERT INTO route VALUES (?, ?)", row)
    changes = changes_to(wanted)
    assert changes["route"]["put"] == [["a", "b"], ["a", "c"]]
    assert len(changes["route"]["drop"]) == 1


def kept() -> int:
    """How many ranges have a digest that counts."""
    with journal.lookup() as connection:
        (made,) = connection.execute("PRAGMA schema_version").fetchone()
        return int(connection.execute("SELECT count(*) FROM digest WHERE made = ?", (made,)).fetchone()[0])


MANY: set[tuple[str, ...]] = {(f"name{number:02}", "target") for number in range(20)}


@pytest.mark.usefixtures("database")
def test_a_comparison_leaves_digests_for_the_next_and_a_check_leaves_none() -> None:
    wanted = tree({"route": MANY})
    apply(changes_to(wanted))
    known = Lookup(wanted.rows, VAULT).wanted(KEY)
    rows.compare(KEY, known, keep=False)
    before = kept()
    rows.compare(KEY, known)
    assert before < kept() == sum(len(table["digests"]) for table in known.values())


@pytest.mark.usefixtures("database")
def test_a_row_takes_the_digest_of_its_own_range_along() -> None:
    wanted = tree({"route": MANY})
    apply(changes_to(wanted))
    changes_to(wanted)
    before = kept()
    apply({"route": {"keys": ["address", "target"], "put": [["name07", "other"]], "drop": []}})
    assert kept() == before - 1
    assert list(changes_to(wanted)) == ["route"]


@pytest.mark.usefixtures("database")
def test_who_takes_a_trigger_away_hides_nothing() -> None:
    wanted = tree({"route": MANY})
    apply(changes_to(wanted))
    assert changes_to(wanted) == {}
    with journal.lookup() as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'route_delete_digest'").fetchone()
        connection.execute("DROP TRIGGER route_delete_digest")
        connection.execute("DELETE FROM route WHERE address = 'name07'")
        connection.execute(sql)
    assert changes_to(wanted)["route"]["put"] == [["name07", "target"]]


Writes = st.lists(st.tuples(st.sampled_from(["INSERT", "UPDATE", "DELETE", "compare"]), Names, Names), max_size=12)


@pytest.mark.usefixtures("database")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40), deadline=None)
@given(wanted=Tables, writes=Writes)
def test_digests_that_were_kept_are_always_those_of_the_rows(
    wanted: dict[str, set[tuple[str, ...]]], writes: list[tuple[str, str, str]]
) -> None:
    apply(changes_to(tree(wanted)))
    known = Lookup(tree(wanted).rows, VAULT).wanted(KEY)
    for what, one, other in writes:
        with journal.lookup() as connection:
            if what == "INSERT":
                connection.execute("INSERT OR REPLACE INTO route VALUES (?, ?)", (one, other))
            elif what == "UPDATE":
                connection.execute("UPDATE OR REPLACE route SET address = ? WHERE address = ?", (one, other))
            elif what == "DELETE":
                connection.execute("DELETE FROM route WHERE address = ?", (one,))
        if what == "compare":
            rows.compare(KEY, known)
    by_digests = rows.compare(KEY, known, keep=False)
    with journal.lookup() as connection:
        connection.execute("DELETE FROM digest")
    assert by_digests == rows.compare(KEY, known, keep=False)


@pytest.mark.usefixtures("database")
def test_a_change_names_the_row_and_no_other() -> None:
    many: set[tuple[str, ...]] = {(f"name{number}", "target") for number in range(20)}
    apply(changes_to(tree({"route": many})))
    changes = changes_to(tree({"route": (many | {("name7x", "new")}) - {("name12", "target")}}))
    assert changes == {
        "route": {"keys": ("address", "target"), "put": [["name7x", "new"]], "drop": [["name12", "target"]]}
    }


@pytest.mark.usefixtures("database")
def test_what_a_user_owns_is_never_touched() -> None:
    with journal.lookup() as connection:
        connection.execute("INSERT INTO user_password VALUES ('alice@example.org', '{X}y', 1)")
    apply(changes_to(tree({"route": {("a", "b")}})))
    with journal.lookup() as connection:
        assert connection.execute("SELECT count(*) FROM user_password").fetchone() == (1,)


def test_a_writer_killed_in_its_transaction_leaves_the_old_rows_readable(database: Path) -> None:
    apply(changes_to(tree({"route": {("old", "old")}})))
    program = (
        "import sqlite3, sys, time\n"
        f"db = sqlite3.connect({str(database)!r}, isolation_level=None)\n"
        "db.execute('PRAGMA cache_size = 1'); db.execute('BEGIN IMMEDIATE'); db.execute('DELETE FROM route')\n"
        "db.executemany('INSERT INTO route VALUES (?, ?)', [(str(i), 'x' * 500) for i in range(5000)])\n"
        "print('writing', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"writing\n"
        writer.send_signal(signal.SIGKILL)
    assert live()["route"] == {("old", "old")}


def test_the_files_beside_the_database_stay_for_readers(database: Path) -> None:
    assert {entry.name for entry in database.parent.iterdir()} == {"lookup.db", "lookup.db-wal", "lookup.db-shm"}
    apply(changes_to(tree({"route": {("a", "b")}})))
    assert {entry.name for entry in database.parent.iterdir()} == {"lookup.db", "lookup.db-wal", "lookup.db-shm"}
    database.parent.chmod(0o500)
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as reader:
            assert reader.execute("SELECT * FROM route").fetchall() == [("a", "b")]
        reader.close()
    finally:
        database.parent.chmod(0o700)


OLD = """
CREATE TABLE converge (running INTEGER NOT NULL);
CREATE TABLE by_hand (tbl TEXT NOT NULL, key TEXT NOT NULL, before TEXT, PRIMARY KEY (tbl, key)) WITHOUT ROWID;
CREATE TABLE closed (address TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE domain (name TEXT PRIMARY KEY, canonical TEXT NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE route (address TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (address, target)) WITHOUT ROWID;
CREATE TABLE tombstone (login TEXT PRIMARY KEY, removed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE user_password (login TEXT PRIMARY KEY, hash TEXT NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIEW old AS SELECT address FROM route;
CREATE TRIGGER note BEFORE DELETE ON route WHEN NOT EXISTS (SELECT 1 FROM converge) BEGIN
  INSERT INTO by_hand VALUES ('route', OLD.address, NULL);
END;
PRAGMA user_version = 1;
"""
"""A database as an earlier version made it."""


@pytest.fixture
def older(database: Path) -> Path:
    for entry in database.parent.iterdir():
        entry.unlink()
    connection = sqlite3.connect(database)
    connection.executescript(f"PRAGMA journal_mode = WAL; {OLD}")
    connection.execute("INSERT INTO closed VALUES ('gone@x')")
    connection.executemany("INSERT INTO route VALUES (?, ?)", [("a", "b"), ("a", "c")])
    connection.execute("INSERT INTO user_password VALUES ('alice@example.org', '{X}y', 1)")
    connection.commit()
    connection.close()
    return database


def whole(path: Path) -> tuple[list[str], dict[str, list[tuple[object, ...]]]]:
    """Everything that is in a database."""
    with sqlite3.connect(path) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        schema = sorted(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return schema, {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in sorted(names)}


def test_an_older_database_is_made_anew_with_its_rows_and_goes_back_whole(older: Path) -> None:
    before = whole(older)
    assert rows.is_outdated()
    wanted = tree({"route": {("new", "b")}})
    changes = changes_to(wanted)
    schema, back = rows.schema(), rows.inverse(changes, anew=True)
    with journal.lookup() as connection:
        journal.change_rows(connection, changes, SCHEMA)
    assert not rows.is_outdated()
    assert live()["route"] == {("new", "b")}
    assert changes_to(wanted) == {}
    assert whole(older)[1]["user_password"] == [("alice@example.org", "{X}y", 1)]
    with sqlite3.connect(":memory:") as fresh:
        fresh.executescript(SCHEMA)
        made = sorted(sql for (sql,) in fresh.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    assert whole(older)[0] == made
    for _ in range(2):
        with journal.lookup() as connection:
            journal.change_rows(connection, back, schema)
        assert whole(older) == before
    assert rows.is_outdated()


def test_a_change_that_fails_leaves_the_older_database_as_it_was(older: Path) -> None:
    before = whole(older)
    broken = {"route": {"keys": ["address", "target"], "put": [["too", "many", "columns"]], "drop": []}}
    with journal.lookup() as connection, pytest.raises(sqlite3.OperationalError):
        journal.change_rows(connection, broken, SCHEMA)
    assert whole(older) == before


@pytest.mark.usefixtures("older")
def test_an_older_database_stays_as_it_is_until_the_switch(tmp_path: Path) -> None:
    rows.create(SCHEMA)
    assert rows.is_outdated()
    folder = rows.scratch(tmp_path / "scratch", SCHEMA)
    with sqlite3.connect(f"file:{folder / 'lookup.db'}?mode=ro", uri=True) as database:
        assert database.execute("SELECT * FROM recipient").fetchall() == []


@pytest.mark.usefixtures("database")
def test_whoever_loses_a_way_to_log_in_is_known() -> None:
    def account(login: str, state: str, protocols: str) -> list[object]:
        return [login, "", state, "0001-01-01", "9999-12-31", protocols, 1, 0, "spec", "9999-12-31", "{X}y"]

    first = [account("a", "active", "imap smtp"), account("b", "active", "imap smtp"), account("c", "archived", "imap")]
    apply({"account": {"keys": ["login"], "put": first, "drop": []}})
    changes: dict[str, object] = {
        "account": {"keys": ["login"], "put": [account("a", "suspended", "imap"), first[1]], "drop": [["c"]]}
    }
    assert rows.ways(changes) == {"a": {"imap", "smtp"}, "b": {"imap", "smtp"}, "c": set()}
    apply(changes)
    assert rows.ways(changes) == {"a": set(), "b": {"imap", "smtp"}, "c": set()}


@pytest.mark.usefixtures("database")
def test_whoever_loses_a_right_to_a_shared_mailbox_is_known() -> None:
    def account(login: str, state: str) -> list[object]:
        return [login, "", state, "0001-01-01", "9999-12-31", "", 1, 0, "spec", "9999-12-31", ""]

    keys = ["login", "mailbox"]
    given = {"keys": keys, "put": [["a", "desk", "manage"], ["b", "desk", "read"]], "drop": []}
    apply({"account": {"keys": ["login"], "put": [account("desk", "shared")], "drop": []}, "shared": given})
    changes: dict[str, object] = {"shared": {"keys": keys, "put": [["a", "desk", "read"]], "drop": [["b", "desk"]]}}
    assert rows.ways(changes) == {"a": {"('desk', 'manage')"}, "b": {"('desk', 'read')"}}
    apply(changes)
    assert rows.ways(changes) == {"a": {"('desk', 'read')"}, "b": set()}


def ways(app: tuple[str, ...] | None = None) -> dict[str, set[str]]:
    """How alice can log in once she has an app password, or has none."""
    account = ("alice@x", "", "active", "0001-01-01", "9999-12-31", "imap smtp", 1, 0, "user", "9999-12-31", "{X}y")
    tables: dict[str, list[Row]] = {table: [] for table in TABLES}
    tables |= {"account": [account], "app_password": [app] if app else []}
    changes = changes_to(Tree("mx1.example.org", {}, tables, ()))
    apply(changes)
    return rows.ways(changes)


@pytest.mark.usefixtures("database")
def test_a_revoked_app_password_is_a_way_less() -> None:
    (own,) = ways().values()
    (with_app,) = ways(("alice@x", "phone", "imap", "9999-12-31", "", "12345678{X}p")).values()
    (without,) = ways().values()
    assert own == without == {"imap", "smtp"}
    assert own < with_app


def test_a_long_log_is_cut_off_for_whoever_opens_the_database_next(database: Path) -> None:
    log = database.with_name("lookup.db-wal")
    longest = 4 * 1024**2
    many = [[f"name{number}", "x" * 500] for number in range(10_000)]
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM route").fetchone()
        apply({"route": {"keys": ["address", "target"], "put": many, "drop": []}})
        assert log.stat().st_size > longest  # whoever reads goes on reading
        assert reader.execute("SELECT count(*) FROM route").fetchone() == (0,)
        reader.execute("COMMIT")
        apply({"domain": {"keys": ["name"], "put": [["a", "a", "mail", ""]], "drop": []}})
        assert log.stat().st_size < longest
        assert reader.execute("SELECT count(*) FROM route").fetchone() == (10_000,)
    reader.close()
