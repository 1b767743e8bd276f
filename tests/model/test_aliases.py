"""Addresses that belong to no single account."""

from typing import Any

import pytest
from hypothesis import given, settings

from mailspec.model.domain import MailDomain
from mailspec.routing import reach, routes, senders
from tests.examples import examples
from tests.refusals import alice, refused
from tests.specs import account, build, full
from tests.strategies import specs

GROUPS: dict[str, Any] = {"sales": {"members": ["bob", "carol", "partner@example.com"]}}


def _spec(**alias: Any) -> MailDomain:
    return full(groups=GROUPS, aliases={"orders@shop.example": alias})


def _ends(*to: str) -> frozenset[str]:
    spec = _spec(to=to)
    return reach(spec, routes(spec), "orders@shop.example")


def _senders(*who: str) -> set[str]:
    spec = _spec(to=["alice"], send_as=who)
    return {login for address, login in senders(spec, routes(spec)) if address == "orders@shop.example"}


def test_every_target_gets_the_mail_in_any_domain_and_outside() -> None:
    assert _ends("alice", "dave@shop.example", "friend@example.com") == {
        "alice@example.org",
        "dave@shop.example",
        "friend@example.com",
    }


def test_targets_may_be_groups_lists_and_everyone() -> None:
    assert _ends("group:sales") == {"bob@example.org", "partner@example.com"}
    assert _ends("staff") == {"alice@example.org", "bob@example.org"}
    assert _ends("everyone@example.org") == reach(full(), routes(full()), "everyone@example.org")
    assert _ends("group:everyone") == {"alice@example.org", "bob@example.org", "dave@shop.example"}


def test_alias_of_nobody_is_closed() -> None:
    spec = _spec(to=["carol"], send_as=["alice"])
    assert routes(spec)["orders@shop.example"].kind == "closed"
    assert not [login for address, login in senders(spec, routes(spec)) if address == "orders@shop.example"]


def test_nobody_sends_as_an_alias_unless_it_says_so() -> None:
    assert _senders() == set()
    assert _senders("bob") == {"bob@example.org"}


def test_senders_may_be_named_by_an_alias_of_theirs_and_by_groups() -> None:
    assert _senders("alice.martin", "group:sales") == {"alice@example.org", "bob@example.org"}


def test_sender_who_is_archived_does_not_count() -> None:
    assert _senders("carol", "bob") == {"bob@example.org"}


def test_alias_may_take_a_role_name() -> None:
    spec = full(aliases={"abuse": {"to": ["bob", "dave@shop.example"]}})
    assert reach(spec, routes(spec), "abuse@example.org") == {"bob@example.org", "dave@shop.example"}
    assert not [login for address, login in senders(spec, routes(spec)) if address == "abuse@example.org"]


def test_alias_is_an_address_like_any_other() -> None:
    assert refused(aliases={"alice": {"to": ["friend@example.com"]}}) == ["address-twice at aliases.alice"]
    assert refused(aliases={"x@example.com": {"to": ["alice"]}}) == ["unknown-domain at aliases.x@example.com"]
    assert refused(aliases={"orders": {"to": []}}) == ["out-of-range at aliases.orders.to"]


def test_targets_and_senders_must_exist() -> None:
    found = refused(aliases={"orders": {"to": ["bob", "group:x"], "send_as": ["carol", "group:y"]}})
    assert found == [
        "unknown-address at aliases.orders.to.0",
        "unknown-address at aliases.orders.send_as.0",
        "unknown-group at aliases.orders.to.1",
        "unknown-group at aliases.orders.send_as.1",
    ]


@pytest.mark.parametrize("who", ["staff", "help", "friend@example.com"])
def test_only_logins_send_as_an_alias(who: str) -> None:
    lists = {"staff": {"members": ["alice"]}}
    aliases = {"help": {"to": ["alice"]}, "orders": {"to": ["alice"], "send_as": ["alice", who]}}
    assert refused(lists=lists, aliases=aliases) == ["no-login at aliases.orders.send_as.1"]


def test_aliases_and_lists_in_a_circle_are_refused() -> None:
    assert refused(aliases={"a": {"to": ["b"]}, "b": {"to": ["alice", "a"]}}) == ["alias-loop at aliases.a"]
    mixed = {"lists": {"l": {"members": ["a"]}}, "aliases": {"a": {"to": ["l"]}}}
    assert refused(**mixed) == ["list-loop at lists.l"]


def test_catch_all_may_be_an_alias() -> None:
    aliases = {"orders": {"to": ["alice", "bob"]}}
    accounts = alice() | {"bob": account("bob")}
    spec = build({"accounts": accounts, "aliases": aliases, "domains": {"example.org": {"catch_all": "orders"}}})
    assert reach(spec, routes(spec), "nobody@example.org") == {"alice@example.org", "bob@example.org"}


def test_alias_can_not_ask_for_members_or_moderators() -> None:
    assert refused(aliases={"desk": {"to": ["alice"], "post": "members"}}) == ["unknown-value at aliases.desk.post"]


def test_days_of_an_alias_are_in_order() -> None:
    days = {"from": "2026-12-31", "until": "2026-01-01"}
    assert refused(aliases={"fair": {"to": ["alice"], **days}}) == ["days-out-of-order at aliases.fair"]


@pytest.mark.parametrize("more", [{"post": "domain"}, {"until": "2026-12-31"}])
def test_alias_that_everybody_must_reach_has_no_days_and_no_rule(more: dict[str, Any]) -> None:
    assert refused(aliases={"abuse": {"to": ["alice"], **more}}) == ["unanswered-role at aliases.abuse"]


@pytest.mark.parametrize(
    ("more", "id_"), [({"post": "domain"}, "catch-all-closed-list"), ({"until": "2026-12-31"}, "catch-all-closed")]
)
def test_catch_all_takes_mail_of_everybody_on_every_day(more: dict[str, Any], id_: str) -> None:
    domains = {"example.org": {"catch_all": "desk"}}
    found = refused(aliases={"desk": {"to": ["alice"], **more}}, domains=domains)
    assert found == [f"{id_} at domains.example.org.catch_all"]


@settings(max_examples=examples(50))
@given(specs())
def test_who_sends_as_an_alias_is_an_account_that_may_send_and_is_named(spec: MailDomain) -> None:
    table = routes(spec)
    for name, alias in spec.aliases.items():
        named = {login for address, login in senders(spec, table) if address == spec.address(name)}
        people = {address for _, address in spec.people(alias.send_as)}
        assert all(spec.mailboxes[login].can_send for login in named)
        assert {table[person].owner for person in people if person in table} >= named
