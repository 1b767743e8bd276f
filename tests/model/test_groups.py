"""Groups."""

from typing import Any

import pytest
from hypothesis import given, settings

from mailspec.model.domain import MailDomain
from mailspec.model.text import group_of, person
from tests.examples import examples
from tests.refusals import alice, refused
from tests.specs import account, build
from tests.strategies import specs

PEOPLE: dict[str, Any] = {
    "alice": account("alice", groups=["Staff"], aliases=["info"]),
    "bob": account("bob", department="sales", groups=["staff"]),
    "carol": account("carol", department="sales"),
    "dave": account("dave", department="sales", groups=["staff", "left"], state="archived"),
}


def _people(name: str = "some", **groups: Any) -> set[str]:
    found = build({"accounts": PEOPLE, "groups": groups}).group_people[name]
    return {address.removesuffix("@example.org") for address in found}


def test_account_makes_a_group_by_naming_it() -> None:
    assert _people("staff") == {"alice", "bob"}


def test_everyone_is_whoever_can_receive() -> None:
    assert _people("everyone") == {"alice", "bob", "carol"}


def test_group_of_archived_accounts_exists_and_is_empty() -> None:
    assert _people("left") == set()


def test_members_are_those_named_those_who_name_it_and_those_of_a_department() -> None:
    assert _people("staff", staff={"members": ["friend@example.com"], "where": {"department": "sales"}}) == {
        "alice",
        "bob",
        "carol",
        "friend@example.com",
    }


def test_except_takes_out_however_somebody_came_in() -> None:
    assert _people("staff", staff={"where": {"department": "sales"}, "except": ["bob"]}) == {"alice", "carol"}
    assert _people(some={"members": ["everyone", "a@example.com"], "except": ["group:staff", "a@example.com"]}) == {
        "carol"
    }


def test_alias_of_an_account_means_the_account() -> None:
    assert _people(some={"members": ["info"]}) == {"alice"}
    assert _people(some={"members": ["everyone"], "except": ["info@example.org"]}) == {"bob", "carol"}


def test_groups_hold_groups_in_any_order() -> None:
    groups = {
        "all": {"members": ["group:some", "friend@example.com"]},
        "some": {"members": ["group:staff"], "except": ["group:few"]},
        "few": {"members": ["alice"]},
    }
    assert _people("all", **groups) == {"bob", "friend@example.com"}


def test_a_long_chain_of_groups_is_followed_to_its_end() -> None:
    groups: dict[str, Any] = {f"g{number}": {"members": [f"group:g{number + 1}"]} for number in range(1200)}
    assert _people("g0", **groups, g1200={"members": ["carol"]}) == {"carol"}


def test_each_person_has_the_place_that_says_so() -> None:
    groups = {"some": {"members": ["group:staff", "carol"], "where": {"department": "sales"}}}
    found = build({"accounts": PEOPLE, "groups": groups}).group_people
    assert found["some"] == {
        "alice@example.org": ("groups", "some", "members", 0),
        "bob@example.org": ("groups", "some", "members", 0),
        "carol@example.org": ("groups", "some", "members", 1),
    }
    assert found["staff"]["bob@example.org"] == ("accounts", "bob", "groups", 0)


@pytest.mark.parametrize(
    "name", ["group:", "group:a b", "group:a@example.org", "group:../x", "group:group:a", "group:-a"]
)
def test_name_of_a_group_is_plain(name: str) -> None:
    assert refused(lists={"all": {"members": [name]}}) == ["bad-group at lists.all.members.0"]


def test_nobody_defines_everyone() -> None:
    assert refused(groups={"everyone": {}}) == ["bad-group at groups.everyone"]
    assert refused(accounts=alice(groups=["everyone"])) == ["bad-group at accounts.alice.groups.0"]


def test_everyone_beside_an_address_of_that_name_has_to_be_told_apart() -> None:
    lists: dict[str, Any] = {"everyone": {"members": ["group:everyone"]}, "all": {"members": ["everyone@example.org"]}}
    assert refused(lists=lists) == []
    lists["all"]["members"] = ["everyone"]
    assert refused(lists=lists) == ["everyone-twice at lists.all.members.0"]


def test_unknown_group_is_refused_wherever_it_is_named() -> None:
    groups = {"some": {"members": ["group:a"], "except": ["group:b"]}}
    lists = {"all": {"members": ["group:c"], "moderators": ["group:d"]}}
    assert refused(groups=groups, lists=lists) == [
        "unknown-group at groups.some.members.0",
        "unknown-group at groups.some.except.0",
        "unknown-group at lists.all.members.0",
        "unknown-group at lists.all.moderators.0",
    ]


def test_group_is_made_of_people_alone() -> None:
    lists = {"staff": {"members": ["alice"], "aliases": ["team"]}}
    groups = {"some": {"members": ["staff", "nobody"], "except": ["team"]}}
    assert refused(groups=groups, lists=lists) == [
        "unknown-address at groups.some.members.1",
        "no-person at groups.some.members.0",
        "no-person at groups.some.except.0",
    ]


@pytest.mark.parametrize("word", ["members", "except"])
def test_groups_in_a_circle_are_refused(word: str) -> None:
    groups = {"a": {word: ["group:a"]}, "b": {"members": ["group:c"]}, "c": {word: ["everyone"]}}
    assert refused(groups=groups) == [f"group-loop at groups.a.{word}.0"]


def test_same_name_in_two_spellings_is_refused() -> None:
    assert refused(groups={"leads": {}, "Leads": {}}) == ["duplicate-key at groups.Leads"]


@settings(max_examples=examples(50))
@given(specs())
def test_groups_hold_enabled_accounts_and_outsiders_without_exceptions(spec: MailDomain) -> None:
    for name, people in spec.group_people.items():
        assert all(not spec.is_ours(address) or spec.mailboxes[address].state != "archived" for address in people)
        group = spec.groups.get(name)
        for out in group.except_ if group else ():
            gone = spec.group_people[group_of(out)] if group_of(out) else {spec.address(out)}
            assert not people.keys() & set(gone)


@settings(max_examples=examples(50))
@given(specs())
def test_lists_see_people_and_never_groups(spec: MailDomain) -> None:
    for entry in spec.lists.values():
        for index, address in spec.people(entry.members):
            assert person(address) == address
            assert not group_of(address)
            assert 0 <= index < len(entry.members)
