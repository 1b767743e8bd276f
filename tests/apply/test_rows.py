"""The rows of a server become those of the spec by what differs, and survive a writer that dies."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailspec.ansible import controller
from mailspec.ansible.module_utils.mailspec_host import digest, generation, journal, rows
from mailspec.rows import SCHEMA, TABLES
from mailspec.secrets import Vault
from mailspec.tree import Tree

KEY = b"k" * 32
Names = st.text("abc", min_size=1, max_size=2)
Tables = st.fixed_dictionaries(
    {
        "route": st.sets(st.tuples(Names, Names), max_size=12),
        "domain": st.dictionaries(Names, Names, max_size=6).map(lambda d: {(k, v, "mail") for k, v in d.items()}),
    }
)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "lookup" / "lookup.db"
    monkeypatch.setattr(journal, "LOOKUP", path)
    monkeypatch.setattr(generation, "ids", lambda *_: (os.getuid(), os.getgid()))
    rows.create(SCHEMA, path)
    return path


def tree(tables: dict[str, set[tuple[str, ...]]]) -> Tree:
    return Tree("mx1.example.org", {}, {table: sorted(tables.get(table, set())) for table in TABLES}, ())


def changes_to(wanted: Tree, vault: Vault) -> dict[str, object]:
    summaries = {
        table: {name: digest.summary(KEY, bucket) for name, bucket in digest.buckets(KEY, table, found).items()}
        for table, found in wanted.rows.items()
    }
    return controller.row_payload(
        wanted, vault, controller.row_changes(wanted, vault, KEY, rows.compare(KEY, summaries))
    )


def apply(changes: dict[str, object], path: Path) -> None:
    with journal.lookup(path) as connection:
        journal.change_rows(connection, changes)


def live(path: Path) -> dict[str, set[tuple[str, ...]]]:
    with journal.lookup(path) as connection:
        return {name: set(connection.execute(f"SELECT * FROM {name}")) for name in ("route", "domain")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(steps=st.lists(Tables, min_size=1, max_size=3))
def test_any_rows_become_any_other_rows(database: Path, steps: list[dict[str, set[tuple[str, ...]]]]) -> None:
    vault = Vault({})
    for wanted in steps:
        before = live(database)
        changes = changes_to(tree(wanted), vault)
        back = rows.inverse(changes)
        apply(changes, database)
        assert live(database) == wanted
        apply(back, database)
        assert live(database) == before
        apply(changes, database)
        assert changes_to(tree(wanted), vault) == {}


def test_what_a_user_owns_is_never_touched(database: Path) -> None:
    with journal.lookup(database) as connection:
        connection.execute("INSERT INTO user_password VALUES ('alice@example.org', '{X}y', 1)")
    apply(changes_to(tree({"route": {("a", "b")}}), Vault({})), database)
    with journal.lookup(database) as connection:
        assert connection.execute("SELECT count(*) FROM user_password").fetchone() == (1,)


def test_a_writer_killed_in_its_transaction_leaves_the_old_rows_readable(database: Path) -> None:
    apply(changes_to(tree({"route": {("old", "old")}}), Vault({})), database)
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
    assert live(database)["route"] == {("old", "old")}


def test_the_files_beside_the_database_stay_for_readers(database: Path) -> None:
    apply(changes_to(tree({"route": {("a", "b")}}), Vault({})), database)
    assert {entry.name for entry in database.parent.iterdir()} == {"lookup.db", "lookup.db-wal", "lookup.db-shm"}
    database.parent.chmod(0o500)
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as reader:
            assert reader.execute("SELECT * FROM route").fetchall() == [("a", "b")]
        reader.close()
    finally:
        database.parent.chmod(0o700)
