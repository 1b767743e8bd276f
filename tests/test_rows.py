"""The rows give a real SQLite the answers that routing gives."""

import sqlite3
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailspec import spelling
from mailspec.model.domain import MailDomain
from mailspec.model.protocols import Protocol
from mailspec.model.secret import Secret
from mailspec.routing import reach, routes
from mailspec.rows import SCHEMA, TABLES, rows
from tests.examples import examples
from tests.specs import account, build, full, parts
from tests.strategies import addresses, specs

SERVER = "mx1.example.org"
HIT = spelling.found("?1", "?2")
ROUTES = f"{HIT} SELECT way.target, hit.detail FROM hit JOIN way ON way.address = hit.address"
CLOSED = f"{HIT} SELECT 1 FROM hit JOIN refused c ON c.address = hit.address"
CATCH_ALL = "SELECT r.target FROM domain d JOIN way r ON r.address = '@' || d.canonical WHERE d.name = ?"


def _database(spec: MailDomain, day: date | None = None) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    if day:
        database.create_function("date", 1, lambda _now: day.isoformat())
    database.executescript(SCHEMA)
    for table, wanted in rows(spec, SERVER).items():
        marks = ", ".join("?" * len(TABLES[table]))
        values = [[str(value) if isinstance(value, Secret) else value for value in row] for row in wanted]
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
        if database.execute(CLOSED, (local, domain)).fetchone():
            continue
        ways = database.execute(ROUTES, (local, domain)).fetchall()
        ways = ways or database.execute(CATCH_ALL, (domain,)).fetchall()
        canonical = database.execute("SELECT canonical FROM domain WHERE name = ?", (domain,)).fetchone()[0]
        own = database.execute(f"{HIT} SELECT address FROM hit", (local, domain)).fetchone() or (
            f"{local}@{canonical}",
        )
        targets = {way[0] for way in ways}
        ends |= targets & set(own)
        todo += targets - set(own)
    return ends


@settings(max_examples=examples(50))
@given(specs(), addresses())
def test_rows_and_routing_agree(spec: MailDomain, address: str) -> None:
    local = address.partition("@")[0].partition("+")[0]
    if local != "root" or not address.endswith(SERVER):
        assert _ask(_database(spec), address) == reach(spec, routes(spec), address)


_DAYS = [date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3)]


@settings(max_examples=examples(50))
@given(specs(), st.data(), st.sampled_from(_DAYS), addresses())
def test_rows_know_what_day_it_is(spec: MailDomain, data: st.DataObject, day: date, address: str) -> None:
    """Asked on a day, the rows answer as the rows of that day's spec would."""
    accounts = {}
    for name, entry in spec.accounts.items():
        first, last = sorted(data.draw(st.lists(st.sampled_from(_DAYS), min_size=2, max_size=2)))
        free = name != "alice" and not {"abuse", "security"} & set(entry.aliases)
        days = {"from_": data.draw(st.sampled_from([None, first])), "until": data.draw(st.sampled_from([None, last]))}
        accounts[name] = entry.model_copy(update=days if free else {})
    aliases = {}
    for name, alias in spec.aliases.items():
        first, last = sorted(data.draw(st.lists(st.sampled_from(_DAYS), min_size=2, max_size=2)))
        days = {"from_": data.draw(st.sampled_from([None, first])), "until": data.draw(st.sampled_from([None, last]))}
        aliases[name] = alias.model_copy(update=days if name != "webmaster" else {})
    dated = build({**parts(spec), "accounts": accounts, "aliases": aliases})
    now, then = _database(dated, day), _database(dated.on(day))
    assert _ask(now, address) == _ask(then, address)
    for question in _ANSWERS:
        assert set(now.execute(question)) == set(then.execute(question)), question


def test_list_whose_members_are_all_away_is_refused_rather_than_caught() -> None:
    days = {"from": "2026-05-01", "until": "2026-05-02"}
    accounts = {name: account(name, **(days if name != "alice" else {})) for name in ("alice", "bob", "carol")}
    lists = {"team": {"members": ["bob", "sub"], "aliases": ["crew"], "post": "anyone"}, "sub": {"members": ["carol"]}}
    spec = build({"accounts": accounts, "lists": lists, "domains": {"example.org": {"catch_all": "alice"}}})
    team = {"bob@example.org", "carol@example.org"}
    for day, ends in ((date(2026, 4, 30), set()), (date(2026, 5, 1), team), (date(2026, 5, 3), set())):
        for name in ("team", "crew"):
            assert _ask(_database(spec, day), f"{name}@example.org") == ends


def test_alias_ends_with_its_last_day_and_so_does_who_sends_as_it() -> None:
    shared = {"fair": {"to": ["bob"], "send_as": ["bob"], "from": "2026-05-01", "until": "2026-05-02"}}
    accounts = {"alice": account("alice"), "bob": account("bob", until="2026-05-01")}
    team = {"team": {"members": ["fair"], "post": "anyone"}}
    spec = build({"accounts": accounts, "aliases": shared, "lists": team})
    for day, ends in ((date(2026, 4, 30), set()), (date(2026, 5, 1), {"bob@example.org"}), (date(2026, 5, 2), set())):
        database = _database(spec, day)
        assert [_ask(database, f"{name}@example.org") for name in ("fair", "team")] == [ends, ends]
        speakers = database.execute("SELECT login FROM speaker WHERE address = 'fair@example.org'").fetchall()
        assert {login for (login,) in speakers} == ends


_ANSWERS = (
    "SELECT login, protocols, password FROM login",
    "SELECT login, label, protocols, networks, tag, password FROM app_login",
    "SELECT login, quota FROM present",
    "SELECT login FROM recipient",
    "SELECT address FROM refused",
    "SELECT address, target FROM way",
    "SELECT login FROM blocked",
    "SELECT s.address, s.login FROM speaker s JOIN present p ON p.login = s.login WHERE p.state = 'active'",
)


@given(specs())
def test_views_say_what_the_model_says(spec: MailDomain) -> None:
    database = _database(spec)
    for protocol in Protocol:
        query = "SELECT login FROM login WHERE instr(protocols, ?)"
        found = {login for (login,) in database.execute(query, (f" {protocol} ",))}
        assert found == {login for login, account in spec.mailboxes.items() if account.can_log_in_by(protocol)}
    for view, able in (("blocked", "can_send"), ("recipient", "receives")):
        found = {login for (login,) in database.execute(f"SELECT login FROM {view}")}
        assert found == {login for login, a in spec.mailboxes.items() if getattr(a, able) is (view == "recipient")}


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
        columns = TABLES[table]
        assert secret <= ({columns.index("hash")} if "hash" in columns else set())


def test_archived_account_keeps_its_row_and_has_no_login() -> None:
    database = _database(full())
    assert database.execute("SELECT state FROM account WHERE login = 'carol@example.org'").fetchone() == ("archived",)
    assert database.execute("SELECT * FROM login WHERE login = 'carol@example.org'").fetchone() is None


@pytest.mark.parametrize(("owner", "password"), [("user", "{X}new"), ("spec", "<secret account/alice>")])
def test_password_is_that_of_its_owner(owner: str, password: str) -> None:
    secret = Secret("account/alice")
    database = _database(build({"accounts": {"alice": {"password": {"owner": owner, "hash": secret}}}}))
    database.execute("INSERT INTO user_password VALUES ('alice@example.org', '{X}new', 1)")
    assert database.execute("SELECT password FROM login").fetchone() == (password,)


@pytest.mark.parametrize(("today", "password"), [("2026-12-31", "<secret account/alice>"), ("2027-01-01", None)])
def test_initial_password_ends_with_its_last_day(today: str, password: str | None) -> None:
    secret = {"hash": Secret("account/alice"), "until": "2026-12-31"}
    database = _database(build({"accounts": {"alice": {"password": secret}}}), date.fromisoformat(today))
    assert database.execute("SELECT password FROM login").fetchone() == (password,)
    database.execute("INSERT INTO user_password VALUES ('alice@example.org', '{X}new', 1)")
    assert database.execute("SELECT password FROM login").fetchone() == ("{X}new",)


def _apps(today: str = "2026-12-31", **more: Any) -> list[tuple[Any, ...]]:
    """What the server knows of alice's app passwords, one with a last day and one with networks."""
    apps = {
        "laptop": {"hash": Secret("1234abcd{X}l"), "networks": ["198.51.100.0/24", "2001:db8::/32"]},
        "phone": {"hash": Secret("5678abcd{X}p"), "protocols": ["imap", "sieve"], "until": "2026-12-31"},
    }
    accounts = {"alice": account("alice"), "bob": account("bob", app_passwords=apps, **more)}
    database = _database(build({"accounts": accounts}), date.fromisoformat(today))
    database.execute("UPDATE app_password SET hash = substr(hash, 9, length(hash) - 9)")  # as a vault fills them in
    return database.execute("SELECT label, protocols, networks, tag, password FROM app_login").fetchall()


def test_app_password_has_its_protocols_networks_and_tag() -> None:
    laptop = ("laptop", " imap pop3 smtp ", "198.51.100.0/24,2001:db8::/32", "1234abcd", "{X}l")
    assert _apps() == [laptop, ("phone", " imap sieve ", None, "5678abcd", "{X}p")]


def test_app_password_opens_no_more_than_its_account() -> None:
    assert [row[:2] for row in _apps(protocols=["smtp", "sieve"])] == [("laptop", " smtp "), ("phone", " sieve ")]


def test_app_password_ends_with_its_last_day() -> None:
    assert [label for label, *_ in _apps("2027-01-01")] == ["laptop"]


@pytest.mark.parametrize("more", [{"state": "suspended"}, {"state": "archived"}, {"until": "2026-12-30"}])
def test_app_password_opens_nothing_while_its_account_is_closed(more: dict[str, Any]) -> None:
    assert _apps(**more) == []


def test_mail_of_the_server_itself_reaches_the_postmaster() -> None:
    assert _ask(_database(build()), f"root@{SERVER}") == {"alice@example.org"}


def test_open_list_has_no_rule() -> None:
    listed = {row[1] for row in rows(full(), SERVER)["list"]}
    assert "everyone@example.org" not in listed
    assert "board@example.org" in listed


def test_alias_of_a_list_is_under_the_same_rule() -> None:
    assert ("team@example.org", "staff@example.org", "members") in rows(full(), SERVER)["list"]


def test_alias_for_accounts_alone_has_the_rule_of_a_list() -> None:
    found = rows(full(aliases={"desk": {"to": ["alice"], "post": "domain"}}), SERVER)
    assert ("desk@example.org", "desk@example.org", "domain") in found["list"]
    assert {who for name, who in found["poster"] if name == "desk@example.org"} == {"@example.org", "@shop.example"}
