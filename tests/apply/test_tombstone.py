"""Who is removed leaves a tombstone, whoever comes back or is renamed takes it away, and going back brings it back."""

import os
from pathlib import Path
from typing import Any

import pytest

from mailspec.ansible import tombstone as told
from mailspec.load import Source
from mailspec.rows import SCHEMA
from mailspec.server import generation, journal, mailboxes, rows, tombstone
from mailspec.server.failure import TroubleError
from tests.specs import account, build

A, B, C = "a@example.org", "b@example.org", "c@example.org"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "lookup" / "lookup.db"
    monkeypatch.setattr(journal, "LOOKUP", path)
    monkeypatch.setattr(mailboxes, "VMAIL", tmp_path / "vmail")
    monkeypatch.setattr(generation, "ids", lambda *_: (os.getuid(), os.getgid()))
    rows.create(SCHEMA)
    return path


def row(login: str) -> list[object]:
    return [login, "", "active", "0001-01-01", "9999-12-31", "imap", 1, 0, "user", "9999-12-31", "{X}y"]


def change(put: str = "", drop: str = "", moves: tombstone.Moves | None = None, schema: str = "") -> dict[str, Any]:
    """Change some accounts as a switch does; returns what brings the rows back."""
    logins = [f"{name}@example.org" for name in put]
    gone = [[f"{name}@example.org"] for name in drop]
    changes: dict[str, Any] = {"account": {"keys": ["login"], "put": [row(login) for login in logins], "drop": gone}}
    changes |= tombstone.changes(changes, moves or [], schema)
    back = rows.inverse(changes, anew=bool(schema))
    with journal.lookup() as connection:
        journal.change_rows(connection, changes, schema)
    return back


def ask(question: str) -> list[Any]:
    with journal.lookup() as connection:
        return connection.execute(question).fetchall()


def test_a_removed_account_has_a_tombstone_until_it_is_back() -> None:
    change(put="abc")
    change(put="a", drop="b")
    assert tombstone.found().keys() == {B}
    change(put="b")
    assert tombstone.found() == {}


def test_a_change_of_an_account_is_no_removal() -> None:
    change(put="ab")
    change(put="a", drop="a")  # as going back does it
    change(put="b")
    assert tombstone.found() == {}


def test_going_back_brings_tombstones_back_as_they_were() -> None:
    change(put="ab")
    change(drop="a")
    with journal.lookup() as connection:
        connection.execute("UPDATE tombstone SET removed = 7")
    back = change(put="a", drop="b")
    assert tombstone.found().keys() == {B}
    with journal.lookup() as connection:
        journal.change_rows(connection, back)
    assert tombstone.found() == {A: 7}


def test_tombstones_stay_when_the_tables_are_made_anew_and_those_who_go_then_get_one() -> None:
    change(put="abc")
    change(drop="c")
    change(put="a", schema=SCHEMA)
    assert tombstone.found().keys() == {B, C}
    assert ask("SELECT login FROM account") == [(A,)]


def test_a_database_without_tombstones_gets_them_with_its_new_tables(database: Path) -> None:
    change(put="ab")
    with journal.lookup() as connection:
        connection.execute("DROP TABLE tombstone")
    assert tombstone.found() == {}
    back = change(put="a", schema=SCHEMA)
    assert tombstone.found().keys() == {B}
    with journal.lookup() as connection:  # the switch fails: tombstones of accounts that are there count for nothing
        journal.change_rows(connection, back, rows.schema())
    assert tombstone.found() == {}
    database.unlink()
    assert tombstone.found() == {}


def test_a_renamed_account_leaves_no_tombstone_and_takes_its_own_password_along() -> None:
    change(put="a")
    with journal.lookup() as connection:
        connection.execute("INSERT INTO user_password VALUES (?, '{X}own', 1), (?, '{X}stale', 1)", (A, B))
    moves = tombstone.moves({B: A})
    assert moves == [[A, B]]
    back = change(put="b", drop="a", moves=moves)
    assert tombstone.found() == {}
    assert ask("SELECT * FROM user_password") == [(B, "{X}own", 1)]
    assert tombstone.moves({B: A}) == []  # it has moved
    with journal.lookup() as connection:
        journal.change_rows(connection, back)
    assert ask("SELECT login, hash FROM user_password") == [(A, "{X}own"), (B, "{X}stale")]


def test_a_removed_account_may_come_back_under_another_name() -> None:
    change(put="ac")
    change(drop="a")
    assert tombstone.moves({B: A, C: "nobody@example.org"}) == [[A, B]]
    change(put="b", moves=[[A, B]])
    assert tombstone.found() == {}


def test_a_mailbox_does_not_take_the_place_of_another() -> None:
    change(put="a")
    for login in (A, B):
        mailboxes.home(login).mkdir(parents=True)
    with pytest.raises(TroubleError, match=r"b@example\.org has a mailbox of earlier times"):
        tombstone.moves({B: A})


def test_a_fresh_server_has_no_tombstones(database: Path) -> None:
    database.unlink()
    assert tombstone.moves({B: A}) == []
    assert tombstone.found() == {}


def test_a_new_account_with_a_tombstone_is_refused_by_its_line_unless_it_is_named(tmp_path: Path) -> None:
    text = """mailspec: 1
accounts:
  alice: {password: {hash: !secret alice}}
  bob: {password: {hash: !secret bob}}
"""
    (tmp_path / "mail.yml").write_text(text)
    spec = build({"accounts": {"alice": account("alice"), "bob": account("bob")}})
    found = {"tombstones": {"bob@example.org": 0, "stranger@example.org": 0}}
    assert told.refused(spec, found, "") == ["bob"]
    assert told.refused(spec, found, "alice, BOB@example.org") == []
    said = told.text(spec, Source(tmp_path), found, ["bob"])
    assert "mail.yml:4:3: error[tombstone]: `bob` was removed on 1970-01-01 00:00 UTC" in said
    assert "-e mailspec_restore=bob" in said


def test_the_logins_of_renamed_accounts_are_those_of_their_domain() -> None:
    spec = build({"accounts": {"alice": account("alice"), "bob": account("bob", renamed_from="robert")}})
    assert told.renamed(spec) == {"bob@example.org": "robert@example.org"}


def test_a_removed_mailing_list_has_a_tombstone_of_its_own() -> None:
    change(put="a")
    name = "a@example.org"  # of an account too, as it was there before
    rows_ = [[name, "spec", 0, "none", 0]]
    with journal.lookup() as connection:
        journal.change_rows(connection, {"mailing": {"keys": ["list"], "put": rows_, "drop": []}})
    gone: dict[str, Any] = {"mailing": {"keys": ["list"], "put": [], "drop": [[name]]}}
    gone |= tombstone.changes(gone, [], "")
    with journal.lookup() as connection:
        journal.change_rows(connection, gone)
    assert tombstone.found().keys() == {f"list:{name}"}
    assert mailboxes.home(f"list:{name}") == mailboxes.LISTS / "example.org/a"
    assert mailboxes.home(name) == mailboxes.VMAIL / "example.org/a"
    back: dict[str, Any] = {"mailing": {"keys": ["list"], "put": rows_, "drop": []}}
    back |= tombstone.changes(back, [], "")
    with journal.lookup() as connection:
        journal.change_rows(connection, back)
    assert tombstone.found() == {}
