"""The rows give a real SQLite the answers that routing gives."""

import sqlite3

import pytest
from hypothesis import given, settings

from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.routing import reach, routes
from mailspec.rows import SCHEMA, TABLES, rows
from tests.examples import examples
from tests.specs import build, full
from tests.strategies import addresses, specs

SERVER = "mx1.example.org"
ROUTES = "SELECT r.target FROM domain d JOIN route r ON r.address = ? || '@' || d.canonical WHERE d.name = ?"
CLOSED = "SELECT 1 FROM domain d JOIN closed c ON c.address = ? || '@' || d.canonical WHERE d.name = ?"
CATCH_ALL = "SELECT r.target FROM domain d JOIN route r ON r.address = '@' || d.canonical WHERE d.name = ?"


def _database(spec: MailDomain) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    for table, found in rows(spec, SERVER).items():
        marks = ", ".join("?" * len(TABLES[table]))
        values = [[str(value) if isinstance(value, Secret) else value for value in row] for row in found]
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
    return database


def _ask(database: sqlite3.Connection, address: str) -> set[str]:
    """Where mail ends when every step is one lookup, as Postfix does it."""
    ends: set[str] = set()
    todo, seen = [address], set()
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        local, _, domain = here.rpartition("@")
        if not database.execute("SELECT 1 FROM domain WHERE name = ?", (domain,)).fetchone():
            ends.add(here)
            continue
        if database.execute(CLOSED, (local.partition("+")[0], domain)).fetchone():
            continue
        for name in (local, local.partition("+")[0]):
            if found := database.execute(ROUTES, (name, domain)).fetchall():
                break
        found = found or database.execute(CATCH_ALL, (domain,)).fetchall()
        canonical = database.execute("SELECT canonical FROM domain WHERE name = ?", (domain,)).fetchone()[0]
        own = f"{local.partition('+')[0]}@{canonical}"
        if found == [(own,)]:
            ends.add(own)
        else:
            todo += [target for (target,) in found]
    return ends


@settings(max_examples=examples(50))
@given(specs(), addresses())
def test_rows_and_routing_agree(spec: MailDomain, address: str) -> None:
    local = address.partition("@")[0].partition("+")[0]
    if local != "root" or not address.endswith(SERVER):
        assert _ask(_database(spec), address) == reach(spec, routes(spec), address)


@given(specs())
def test_rows_are_sorted_and_unique(spec: MailDomain) -> None:
    for found in rows(spec, SERVER).values():
        keys = [row[:2] for row in found]
        assert keys == sorted(keys)
        assert len(set(found)) == len(found)


@given(specs())
def test_secrets_stand_in_the_hash_alone(spec: MailDomain) -> None:
    for table, found in rows(spec, SERVER).items():
        secret = {index for row in found for index, value in enumerate(row) if isinstance(value, Secret)}
        assert secret == ({TABLES["account"].index("hash")} if table == "account" else set())


def test_disabled_account_keeps_its_row_and_has_no_login() -> None:
    database = _database(full())
    assert database.execute("SELECT enabled FROM account WHERE login = 'carol@example.org'").fetchone() == (0,)
    assert database.execute("SELECT * FROM login WHERE login = 'carol@example.org'").fetchone() is None


@pytest.mark.parametrize(("owner", "password"), [("user", "{X}new"), ("spec", "<secret account/alice>")])
def test_password_is_that_of_its_owner(owner: str, password: str) -> None:
    secret = Secret("account/alice")
    database = _database(build({"accounts": {"alice": {"password": {"owner": owner, "hash": secret}}}}))
    database.execute("INSERT INTO user_password VALUES ('alice@example.org', '{X}new', 1)")
    assert database.execute("SELECT password FROM login").fetchone() == (password,)


def test_mail_of_the_server_itself_reaches_the_postmaster() -> None:
    assert _ask(_database(build()), f"root@{SERVER}") == {"alice@example.org"}


def test_open_list_has_no_rule() -> None:
    listed = {row[1] for row in rows(full(), SERVER)["list"]}
    assert "everyone@example.org" not in listed
    assert "board@example.org" in listed


def test_alias_of_a_list_is_under_the_same_rule() -> None:
    assert ("team@example.org", "staff@example.org", "members") in rows(full(), SERVER)["list"]
