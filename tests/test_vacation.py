"""Vacation answers as Sieve: any text comes out as itself, and the right senders get it."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailspec.model.domain import MailDomain
from mailspec.rows import SCHEMA, rows
from mailspec.vacation import addresses, quoted, script, sender
from tests.examples import examples
from tests.specs import account, build

DOMAINS = {"example.org": {}, "example.net": {"alias_of": "example.org"}}


def away(name: str | None = None, **more: Any) -> MailDomain:
    vacation = {"text": "Away.", **more}
    alice = account("alice", name=name, aliases=["alice.martin"], vacation=vacation)
    return build({"default_domain": "example.org", "domains": DOMAINS, "accounts": {"alice": alice}})


def made(spec: MailDomain) -> str:
    alice = spec.accounts["alice"]
    assert alice.vacation
    return script(spec, "alice@example.org", alice, alice.vacation)


def strings(text: str) -> Iterator[str]:
    """The strings of a script, read as RFC 5228, 2.4.2 says; nothing else may stand outside of them but these words."""
    outside, position = "", 0
    while position < len(text):
        if text[position] != '"':
            outside += text[position]
            position += 1
            continue
        found, position = "", position + 1
        while text[position] != '"':
            position += text[position] == "\\"
            found += text[position]
            position += 1
        position += 1
        yield found
    words = outside.replace("[", " ").replace("]", " ").replace(",", " ").split()
    known = {"require", "if", "not", "envelope", "vacation", "7", ";", "{", "}"}
    assert {word for word in words if word[0] != ":"} <= known, outside


@settings(max_examples=examples(200))
@given(st.text())
def test_any_text_comes_out_as_itself(text: str) -> None:
    assert list(strings(quoted(text))) == [text]


printable = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=50)


@settings(max_examples=examples(200))
@given(st.lists(printable, min_size=1, max_size=5).map("\n".join).filter(lambda text: text.strip(" \n")), printable)
def test_no_text_and_no_name_gets_out_of_its_string(text: str, name: str) -> None:
    spec = away(text=text)
    alice = spec.accounts["alice"].model_copy(update={"name": name})
    assert alice.vacation
    found = list(strings(script(spec, "alice@example.org", alice, alice.vacation)))
    assert found[-1] == alice.vacation.text
    assert sender("alice@example.org", alice) in found


@settings(max_examples=examples(100))
@given(printable.filter(lambda name: name == name.strip()))
def test_name_is_what_a_mail_program_shows(name: str) -> None:
    spec = away()
    shown, address = parseaddr(sender("alice@example.org", spec.accounts["alice"].model_copy(update={"name": name})))
    assert (str(make_header(decode_header(shown))), address) == (name, "alice@example.org")


def test_no_extension_is_required_that_reads_variables() -> None:
    assert made(away()).startswith('require ["envelope", "vacation"];\n')


def test_aliases_count_as_own_addresses_in_each_name_of_the_domain() -> None:
    spec = away(addresses=["support", "alice@old.example"])
    own = {f"{name}@{domain}" for name in ("alice", "alice.martin", "support") for domain in DOMAINS}
    assert set(addresses(spec, "alice@example.org", spec.accounts["alice"])) == own | {"alice@old.example"}


def test_senders_that_nobody_reads_are_left_alone() -> None:
    assert 'if not envelope :localpart :matches "from" ["*noreply*"' in made(away())


def test_subject_is_there_where_the_spec_has_one() -> None:
    assert ":subject" not in made(away())
    assert ':subject "Away"' in made(away(subject="Away"))


@pytest.mark.parametrize(
    ("day", "answered"),
    [((2026, 12, 19), False), ((2026, 12, 20), True), ((2027, 1, 6), True), ((2027, 1, 7), False)],
)
def test_dovecot_is_told_by_day_whether_to_answer(day: tuple[int, int, int], answered: bool) -> None:
    spec = away(until="2027-01-06", **{"from": "2026-12-20"})
    database = sqlite3.connect(":memory:")
    database.create_function("date", 1, lambda _now: date(*day).isoformat())
    database.executescript(SCHEMA)
    for table in ("account", "vacation"):
        for row in rows(spec, "mx1.example.org")[table]:
            database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", [str(value) for value in row])
    ((id_, text),) = database.execute("SELECT id, script FROM answer WHERE login = 'alice@example.org'")
    assert (text == made(spec), id_ != "none", text == "/* no answer */") == (answered, answered, not answered)


def test_another_text_has_another_id() -> None:
    ids = {rows(away(text=text), "mx1.example.org")["vacation"][0][3] for text in ("one", "two")}
    assert len(ids) == 2


def test_account_that_takes_no_mail_has_no_answer() -> None:
    spec = build(
        {"accounts": {"alice": account("alice"), "bob": account("bob", state="archived", vacation={"text": "x"})}}
    )
    assert rows(spec, "mx1.example.org")["vacation"] == []
