"""Accounts."""

from datetime import date
from typing import Any

import pytest

from tests.refusals import alice, refused
from tests.specs import account, build


def test_account_needs_only_a_password() -> None:
    found = build({"accounts": alice()}).accounts["alice"]
    assert (found.name, found.quota, found.aliases, found.state) == (None, 0, (), "active")
    assert (found.can_log_in, found.can_send, found.can_read, found.receives, found.has_days) == (*[True] * 4, False)


def test_account_without_password_is_refused() -> None:
    assert refused(accounts={"alice": {}}) == ["missing-key at accounts.alice.password"]


def test_quota_takes_a_unit() -> None:
    assert build({"accounts": alice(quota="10G")}).accounts["alice"].quota == 10 * 1024**3


@pytest.mark.parametrize(
    ("life", "able"),
    [
        ({"state": "send-blocked"}, {"log_in", "read", "receive"}),
        ({"state": "suspended"}, {"receive"}),
        ({"state": "archived"}, set()),
        ({"protocols": ["smtp"]}, {"log_in", "send", "receive"}),
        ({"protocols": ["pop3"]}, {"log_in", "read", "receive"}),
        ({"protocols": ["sieve"]}, {"log_in", "receive"}),
        ({"protocols": ["smtp"], "receive": False}, {"log_in", "send"}),
        ({"state": "suspended", "receive": False}, set()),
    ],
)
def test_state_protocols_and_receive_say_what_it_may(life: dict[str, Any], able: set[str]) -> None:
    bob = build({"accounts": alice() | {"bob": account("bob", **life)}}).accounts["bob"]
    found = {"log_in": bob.can_log_in, "send": bob.can_send, "read": bob.can_read, "receive": bob.receives}
    assert {word for word, can in found.items() if can} == able


def test_days_say_when_it_is_at_work() -> None:
    bob = build({"accounts": alice() | {"bob": account("bob", until="2026-12-31", **{"from": "2026-01-01"})}})
    states = [
        bob.on(date(*day)).accounts["bob"].state for day in ((2025, 12, 31), (2026, 1, 1), (2026, 12, 31), (2027, 1, 1))
    ]
    assert states == ["archived", "active", "active", "archived"]


def test_one_day_is_enough_and_none_is_too_few() -> None:
    days = {"from": "2026-05-01", "until": "2026-05-01"}
    assert refused(accounts=alice() | {"bob": account("bob", **days)}) == []
    assert refused(accounts=alice() | {"bob": account("bob", **days | {"until": "2026-04-30"})}) == [
        "days-out-of-order at accounts.bob"
    ]


def test_account_without_any_protocol_is_refused() -> None:
    assert refused(accounts=alice(protocols=[])) == ["out-of-range at accounts.alice.protocols"]


def test_aliases_are_addresses() -> None:
    assert refused(accounts=alice(aliases=["info", "a b"])) == ["bad-address at accounts.alice.aliases.1"]


def test_name_may_have_any_letters() -> None:
    assert build({"accounts": alice(name="Žofie O'Brien 李")}).accounts["alice"].name == "Žofie O'Brien 李"


def test_keys_are_lower_case_in_the_model() -> None:
    assert list(build({"accounts": {"Alice": account("alice")}}).accounts) == ["alice"]


def test_account_in_a_domain_of_others_is_refused() -> None:
    assert refused(accounts=alice() | {"bob@example.com": account("bob")}) == [
        "unknown-domain at accounts.bob@example.com"
    ]


def test_a_mailbox_moves_to_one_account_and_only_from_none() -> None:
    renamed = account("bob", renamed_from="robert@example.org")
    assert refused(accounts=alice() | {"bob": renamed}) == []
    assert refused(accounts=alice() | {"bob": renamed, "robert": account("robert")}) == [
        "not-renamed at accounts.bob.renamed_from"
    ]
    assert refused(accounts=alice() | {"bob": renamed, "bert": account("bert", renamed_from="robert")}) == [
        "not-renamed at accounts.bert.renamed_from"
    ]
