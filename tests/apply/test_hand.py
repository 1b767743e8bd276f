"""What hands changed is noticed: files against the copies of the generation, rows by the notes of the database."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from mailspec.rows import SCHEMA
from mailspec.server import difference, generation, hand, journal, rows

ACCOUNT = ("a@x", "A", "active", "", "9", "imap", 1, 0, "user", "9999-12-31", "{X}hash")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "lookup" / "lookup.db"
    monkeypatch.setattr(journal, "LOOKUP", path)
    monkeypatch.setattr(generation, "ids", lambda *_: (os.getuid(), os.getgid()))
    rows.create(SCHEMA)
    converge({"account": {"keys": ["login"], "put": [ACCOUNT], "drop": []}})
    converge({"route": {"keys": ["address", "target"], "put": [("ü@x", 'b"@y')], "drop": []}})
    return path


def converge(changes: dict[str, object]) -> None:
    with journal.lookup() as connection:
        journal.change_rows(connection, changes)


def by_hand(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def noted() -> dict[tuple[str, ...], tuple[object, object]]:
    return {(row["table"], *row["key"]): (row["before"], row["after"]) for row in hand.rows(rows.SECRET_COLUMNS)}


@pytest.mark.usefixtures("database")
def test_rows_of_a_converge_are_nobodys_edit() -> None:
    assert noted() == {}


def test_row_of_a_hand_is_noted_with_what_stood_there(database: Path) -> None:
    by_hand(database, "UPDATE account SET quota = 7", "INSERT INTO route VALUES ('c@x', 'd@x')")
    by_hand(database, "DELETE FROM route WHERE target LIKE 'b%'", "UPDATE account SET quota = 8")
    shown = [*ACCOUNT[:-1], "<secret>"]
    assert noted() == {
        ("account", "a@x"): (shown, [*shown[:7], 8, *shown[8:]]),
        ("route", "c@x", "d@x"): (None, ["c@x", "d@x"]),
        ("route", "ü@x", 'b"@y'): (["ü@x", 'b"@y'], None),
    }


def test_row_that_is_replaced_or_renamed_is_noted(database: Path) -> None:
    by_hand(database, f"INSERT OR REPLACE INTO account VALUES {(*ACCOUNT[:-1], 'other')}")
    by_hand(database, "UPDATE route SET target = 'new@x'")
    assert {key: row["differs"] for row in hand.rows({}) if (key := row["table"]) == "account"} == {"account": ["hash"]}
    assert noted().keys() == {("account", "a@x"), ("route", "ü@x", "new@x"), ("route", "ü@x", 'b"@y')}


def test_row_put_right_by_the_same_hand_is_the_same(database: Path) -> None:
    by_hand(database, "UPDATE account SET quota = 7", "UPDATE account SET quota = 0")
    assert [row["same"] for row in hand.rows({})] == [True]


def test_switch_ends_the_notes_and_its_undo_brings_them_back(database: Path) -> None:
    by_hand(database, "UPDATE account SET quota = 7", "UPDATE route SET address = 'ö@x'")
    before = noted()
    changes = {"account": {"keys": ["login"], "put": [ACCOUNT], "drop": []}} | hand.forget()
    back = rows.inverse(changes)
    converge(changes)
    assert noted() == {}
    converge(back)
    assert noted() == before


def test_password_of_a_user_is_no_edit(database: Path) -> None:
    by_hand(database, "INSERT INTO user_password VALUES ('a@x', '{X}own', 1)")
    assert noted() == {}


@pytest.fixture
def current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(generation, "CURRENT", tmp_path / "current")
    live = tmp_path / "etc/file"
    copy = hand.known(str(live))
    copy.parent.mkdir(parents=True)
    live.parent.mkdir()
    for path in (live, copy):
        path.write_text("one\ntwo\n")
    return live


def test_edit_of_a_file_is_told_in_words(current: Path) -> None:
    path = str(current)
    manifest: dict[str, Any] = {"files": {path: {}}}
    assert hand.edit(path, manifest) == ""
    current.write_text("one\nthree\n")
    assert hand.edit(path, manifest) == "changed by hand"
    assert hand.diff(path).splitlines()[2:] == ["@@ -1,2 +1,2 @@", " one", "-two", "+three"]
    current.unlink()
    assert hand.edit(path, manifest) == "removed by hand"
    current.symlink_to("/dev/null")
    assert hand.edit(path, manifest) == "made a link by hand"
    assert hand.diff(path).splitlines()[-1] == "+-> /dev/null"
    current.unlink()
    current.mkdir()
    assert hand.edit(path, manifest) == "made a directory by hand"
    assert hand.edit("/elsewhere", manifest) == ""


def test_very_long_diff_is_cut(current: Path) -> None:
    current.write_text("x\n" * 1000)
    lines = hand.diff(str(current)).splitlines()
    assert (len(lines), lines[-1]) == (difference.LINES + 1, "... 805 more lines")
