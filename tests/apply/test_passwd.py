"""Passwords that an administrator sets on a server for its users."""

import os
from pathlib import Path

import pytest

from mailspec.rows import SCHEMA, TABLES
from mailspec.server import generation, journal, passwd, rows, sessions
from mailspec.server.failure import TroubleError

ALICE, PRINTER = "alice@example.org", "printer@example.org"


@pytest.fixture
def kicked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A server with an account of each owner; whose sessions end."""
    found: list[str] = []
    monkeypatch.setattr(journal, "LOOKUP", tmp_path / "lookup" / "lookup.db")
    monkeypatch.setattr(generation, "ids", lambda *_: (os.getuid(), os.getgid()))
    monkeypatch.setattr(sessions, "end", found.append)
    rows.create(SCHEMA)
    with journal.lookup() as database:
        for login, owner in ((ALICE, "user"), (PRINTER, "spec")):
            values = {"login": login, "owner": owner, "hash": "{X}initial", "state": "active", "protocols": "imap"}
            values |= {"first_day": "0001-01-01", "last_day": "9999-12-31", "hash_last_day": "9999-12-31"}
            row = [values.get(column, 0) for column in TABLES["account"]]
            database.execute(f"INSERT INTO account VALUES ({', '.join('?' * len(row))})", row)
    return found


def password(login: str = ALICE) -> str:
    with journal.lookup() as database:
        return str(database.execute("SELECT password FROM login WHERE login = ?", (login,)).fetchone()[0])


def test_a_password_takes_the_place_of_the_initial_one_and_of_the_one_before(kicked: list[str]) -> None:
    assert password() == "{X}initial"
    for hashed in ("{X}first", "{X}second"):
        passwd.put({ALICE: hashed})
        assert password() == hashed
    assert kicked == [ALICE, ALICE]


@pytest.mark.parametrize(("login", "id_"), [("nobody@example.org", "no-login"), (PRINTER, "not-the-users")])
def test_nothing_is_set_when_one_login_does_not_fit(kicked: list[str], login: str, id_: str) -> None:
    with pytest.raises(TroubleError) as caught:
        passwd.put({ALICE: "{X}new", login: "{X}new"})
    assert (caught.value.id, password(), kicked) == (id_, "{X}initial", [])


def test_a_server_without_rows_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LOOKUP", tmp_path / "lookup.db")
    with pytest.raises(TroubleError, match="no converge"):
        passwd.check({ALICE: "{X}new"})
