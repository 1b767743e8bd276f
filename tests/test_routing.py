"""Where mail goes and who may send: routing alone, without a server."""

import pytest
from hypothesis import given

from mailspec.model.domain import MailDomain
from mailspec.model.domains import ROLE_NAMES
from mailspec.routing import Route, is_joint, lookup, posters, reach, routes, senders
from tests.specs import account, build, full
from tests.strategies import addresses, specs


@pytest.mark.parametrize(
    ("address", "ends"),
    [
        ("alice@example.org", {"alice@example.org"}),
        ("ALICE@EXAMPLE.ORG", {"alice@example.org"}),
        ("alice@example.net", {"alice@example.org"}),
        ("alice@shop.example", {"bob@example.org"}),
        ("alice+x@example.org", {"alice@example.org"}),
        ("alice.martin@example.org", {"alice@example.org"}),
        ("carol@example.org", set()),
        ("former@example.org", set()),
        ("nobody@example.org", set()),
        ("staff@example.org", {"alice@example.org", "bob@example.org"}),
        ("team@example.net", {"alice@example.org", "bob@example.org"}),
        (
            "everyone@example.org",
            {"alice@example.org", "bob@example.org", "dave@shop.example", "friend@example.com"},
        ),
        ("friend@example.com", {"friend@example.com"}),
    ],
)
def test_mail_reaches_exactly_these(address: str, ends: set[str]) -> None:
    assert reach(full(), routes(full()), address) == ends


def test_every_domain_answers_the_role_names() -> None:
    spec = full()
    table = routes(spec)
    for domain in spec.domains:
        for role in set(ROLE_NAMES) - {"security"}:
            assert reach(spec, table, f"{role}@{domain}") == {"alice@example.org"}


def test_account_may_take_a_role_name() -> None:
    assert reach(full(), routes(full()), "security@example.org") == {"bob@example.org"}
    assert reach(full(), routes(full()), "security@shop.example") == {"alice@example.org"}


def test_lookup_prefers_the_address_then_the_base_then_the_catch_all() -> None:
    spec = full()
    table = routes(spec)
    found = [lookup(spec, table, f"{local}@shop.example") for local in ("dave", "dave+x", "zoe")]
    assert [route.address for route in found if route] == ["dave@shop.example", "dave@shop.example", "@shop.example"]


def test_sender_pairs_are_those_of_active_accounts_and_roles() -> None:
    pairs = set(senders(full(), routes(full())))
    assert ("info@shop.example", "alice@example.org") in pairs
    assert ("security@example.org", "bob@example.org") in pairs
    assert ("security@shop.example", "alice@example.org") in pairs
    assert not any("carol@example.org" in pair for pair in pairs)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("staff", {"alice@example.org", "bob@example.org"}),
        ("board", {"bob@example.org"}),
        ("town", {"@example.org", "@shop.example"}),
    ],
)
def test_posters_follow_the_rule_of_the_list(name: str, allowed: set[str]) -> None:
    spec = full()
    assert posters(spec, routes(spec), spec.lists[name]) == allowed


def test_list_of_lists_lets_the_members_of_both_post() -> None:
    lists = {"inner": {"members": ["bob"]}, "outer": {"members": ["inner", "friend@example.com"]}}
    spec = build({"accounts": {"alice": account("alice"), "bob": account("bob")}, "lists": lists})
    assert posters(spec, routes(spec), spec.lists["outer"]) == {"bob@example.org", "friend@example.com"}


def test_reach_ends_even_when_a_table_runs_in_a_circle() -> None:
    table = {
        f"{here}@example.org": Route(f"{here}@example.org", "alias", (f"{there}@example.org",), ())
        for here, there in (("a", "b"), ("b", "c"), ("c", "a"))
    }
    assert reach(build(), table, "a@example.org") == frozenset()


@given(specs(), addresses())
def test_mail_ends_in_mailboxes_or_outside(spec: MailDomain, address: str) -> None:
    for end in reach(spec, routes(spec), address):
        assert not spec.is_ours(end) or spec.mailboxes[end].receives


@given(specs())
def test_every_step_leads_to_an_address_that_exists(spec: MailDomain) -> None:
    table = routes(spec)
    for route in table.values():
        assert all(not spec.is_ours(target) or target in table for target in route.targets)


@given(specs())
def test_every_sender_address_receives_or_belongs_to_who_only_sends(spec: MailDomain) -> None:
    table = routes(spec)
    for address, login in senders(spec, table):
        account = spec.mailboxes[login]
        shared = is_joint(spec, table[address].path) or account.forward
        assert shared or reach(spec, table, address) == ({login} if account.receives else set())
        assert spec.mailboxes[login].can_send


def test_who_only_sends_may_moderate() -> None:
    accounts = {"alice": account("alice"), "news": account("news", receive=False, protocols=["smtp"])}
    lists = {"announce": {"members": ["alice", "news"], "post": "moderators", "moderators": ["news"]}}
    spec = build({"accounts": accounts, "lists": lists})
    assert posters(spec, routes(spec), spec.lists["announce"]) == {"news@example.org"}
    assert reach(spec, routes(spec), "announce@example.org") == {"alice@example.org"}


EMPTY = {
    "inner": {"members": ["carol"], "aliases": ["former-team"]},
    "outer": {"members": ["inner", "group:left"], "aliases": ["all@shop.example"], "post": "anyone"},
    "mixed": {"members": ["outer", "bob"]},
}


def _empty_lists() -> MailDomain:
    return full(groups={"left": {"members": ["carol"]}}, lists=EMPTY)


@pytest.mark.parametrize("name", ["inner", "former-team", "outer", "all@shop.example"])
def test_list_of_nobody_is_closed_with_its_aliases(name: str) -> None:
    spec = _empty_lists()
    route = lookup(spec, routes(spec), spec.address(name))
    assert route
    assert (route.kind, route.targets, route.path[0]) == ("closed", (), "lists")


def test_closed_list_is_no_step_of_another_one() -> None:
    assert routes(_empty_lists())["mixed@example.org"].targets == ("bob@example.org",)


def test_role_name_of_a_list_of_nobody_stays_closed() -> None:
    assert routes(full(lists={"abuse": {"members": ["carol"]}}))["abuse@example.org"].kind == "closed"


def test_catch_all_to_a_list_of_nobody_takes_nothing() -> None:
    domains = {"example.org": {}, "shop.example": {"catch_all": "outer"}}
    spec = full(domains=domains, groups={"left": {}}, lists=EMPTY)
    assert "@shop.example" not in routes(spec)


@given(specs())
def test_whatever_is_accepted_reaches_somebody(spec: MailDomain) -> None:
    table = routes(spec)
    for address, route in table.items():
        assert bool(reach(spec, table, address)) == (route.kind != "closed")
