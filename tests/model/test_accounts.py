"""Accounts."""

from tests.refusals import alice, refused
from tests.specs import account, build


def test_account_needs_only_a_password() -> None:
    found = build({"accounts": alice()}).accounts["alice"]
    assert (found.name, found.quota, found.aliases, found.enabled) == (None, 0, (), True)


def test_account_without_password_is_refused() -> None:
    assert refused(accounts={"alice": {}}) == ["missing-key at accounts.alice.password"]


def test_quota_takes_a_unit() -> None:
    assert build({"accounts": alice(quota="10G")}).accounts["alice"].quota == 10 * 1024**3


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
