"""`explain` tells what routing does, with the place of each turn."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailspec.explain import Explanation, Step, explain, text
from mailspec.problem import KeyPath, Place, SpecError
from mailspec.routing import reach, routes
from tests.specs import account, build, full


def _steps(step: Step) -> Iterator[Step]:
    yield step
    for below in step.next:
        yield from _steps(below)


def _chain(address: str) -> list[tuple[str, KeyPath]]:
    return [(step.kind, step.path) for step in _steps(explain(full(), address).mail)]


CHAINS: dict[str, list[tuple[str, KeyPath]]] = {
    "alice": [("mailbox", ("accounts", "alice"))],
    "ALICE@Example.org": [("mailbox", ("accounts", "alice"))],
    "info@shop.example": [("alias", ("accounts", "alice", "aliases", 1)), ("mailbox", ("accounts", "alice"))],
    "bob@example.net": [("alias-domain", ("domains", "example.net", "alias_of")), ("mailbox", ("accounts", "bob"))],
    "bob+shop": [("detail", ()), ("mailbox", ("accounts", "bob"))],
    "abuse": [("role", ("postmaster",)), ("mailbox", ("accounts", "alice"))],
    "security": [("alias", ("accounts", "bob", "aliases", 0)), ("mailbox", ("accounts", "bob"))],
    "x@shop.example": [("catch-all", ("domains", "shop.example", "catch_all")), ("mailbox", ("accounts", "bob"))],
    "carol": [("disabled", ("accounts", "carol", "enabled"))],
    "former": [("disabled", ("accounts", "carol", "enabled"))],
    "nobody": [("unknown", ())],
    "friend@example.com": [("outside", ())],
    "postmaster@mx1.example.org": [("role", ("postmaster",)), ("mailbox", ("accounts", "alice"))],
    "team": [
        ("alias", ("lists", "staff", "aliases", 0)),
        ("list", ("lists", "staff")),
        ("mailbox", ("lists", "staff", "members", 0)),
        ("mailbox", ("lists", "staff", "members", 1)),
        ("disabled", ("lists", "staff", "members", 2)),
    ],
}


@pytest.mark.parametrize("address", CHAINS)
def test_each_turn_has_its_place_in_the_spec(address: str) -> None:
    assert _chain(address) == CHAINS[address]


def _ends(explanation: Explanation) -> set[str]:
    spec = full()
    names = {step.address for step in _steps(explanation.mail) if step.kind in {"mailbox", "outside"}}
    return {name if not spec.is_ours(name) else spec.address(name) for name in names}


_LOCAL = st.sampled_from(["alice", "info", "security", "staff", "team", "everyone", "board", "carol", "abuse", "zoe"])
_DOMAIN = st.sampled_from(["example.org", "example.net", "shop.example", "example.com"])


@given(_LOCAL, st.sampled_from(["", "+x", "+x+y"]), _DOMAIN)
def test_mail_ends_where_routing_says(local: str, detail: str, domain: str) -> None:
    spec = full()
    address = f"{local}{detail}@{domain}"
    assert _ends(explain(spec, address)) == reach(spec, routes(spec), address)


@pytest.mark.parametrize(
    ("address", "logins"),
    [
        ("alice", ["alice@example.org"]),
        ("info+x@shop.example", ["alice@example.org"]),
        ("bob@example.net", ["bob@example.org"]),
        ("abuse@shop.example", ["alice@example.org"]),
        ("staff", []),
        ("carol", []),
        ("friend@example.com", []),
    ],
)
def test_senders_are_those_who_own_the_address(address: str, logins: list[str]) -> None:
    assert [sender.login for sender in explain(full(), address).senders] == logins


def test_posting_rule_counts_for_the_address_the_sender_wrote() -> None:
    assert explain(full(), "staff").mail.posters == ("alice@example.org", "bob@example.org")
    assert all(step.posters == () for step in _steps(explain(full(), "everyone").mail))


def test_quota_is_told_with_its_code() -> None:
    assert "quota 10G, then 552" in explain(full(), "alice").mail.fact


def test_explanation_is_plain_data() -> None:
    assert json.loads(json.dumps(asdict(explain(full(), "everyone"))))["address"] == "everyone@example.org"


def test_text_names_the_file_and_line() -> None:
    places: dict[KeyPath, Place] = {("accounts", "alice"): Place("mail.yml", 9, 3)}
    shown = text(explain(full(), "info@shop.example"), lambda path: places.get(path))
    assert "alice@example.org: mailbox on mx1.example.org, quota 10G, then 552 5.2.2 (mail.yml:9:3)" in shown
    assert "info@shop.example: alias (accounts.alice.aliases.1)" in shown


def test_long_chain_of_lists_ends() -> None:
    lists = {f"l{n}": {"members": [f"l{n + 1}" if n < 999 else "alice"]} for n in range(1000)}
    assert "and so on" in text(explain(build({"lists": lists}), "l0"))


def test_lists_that_share_members_stay_small() -> None:
    lists = {f"l{n}": {"members": [f"l{n + 1}", f"m{n}"]} for n in range(30)}
    lists |= {f"m{n}": {"members": [f"l{n + 1}"]} for n in range(30)} | {"l30": {"members": ["alice"]}}
    assert len(text(explain(build({"lists": lists}), "l0")).splitlines()) < 200


def test_disabled_account_is_refused_even_where_there_is_a_catch_all() -> None:
    domains = {"example.org": {"catch_all": "alice"}}
    spec = build({"domains": domains, "accounts": {"alice": account("alice"), "bob": account("bob", enabled=False)}})
    assert explain(spec, "bob").mail.kind == "disabled"


@pytest.mark.parametrize(
    "address", ["", "@", "@example.org", "a b@example.org", "a@b@example.org", "a\0@b.c", "\u202e@b.c"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SpecError, match="is no address"):
        explain(full(), address)


def test_mail_of_a_server_named_like_a_domain_reaches_the_postmaster() -> None:
    spec = build({"servers": {"example.org": {"addresses": ["198.51.100.25"]}}})
    assert [step.address for step in _steps(explain(spec, "root").mail)] == ["root@example.org", "alice@example.org"]
