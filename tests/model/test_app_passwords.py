"""App passwords in the spec."""

from datetime import date
from typing import Any

import pytest

from mailspec.model.accounts import Account
from mailspec.model.secret import Secret
from tests.refusals import alice, refused
from tests.specs import account, build


def app(name: str = "phone", **more: Any) -> dict[str, Any]:
    return {"hash": Secret(f"app/alice/{name}"), **more}


def made(**more: Any) -> Account:
    return build({"accounts": {"alice": account("alice", **more)}}).accounts["alice"]


def test_app_password_is_for_everything_but_filters_by_default() -> None:
    alice = made(app_passwords={"phone": app()})
    assert sorted(alice.opened_by(alice.app_passwords["phone"])) == ["imap", "pop3", "smtp"]


def test_app_password_opens_no_more_than_its_account() -> None:
    alice = made(app_passwords={"phone": app(protocols=["imap", "sieve"])}, protocols=["imap", "smtp"])
    assert alice.opened_by(alice.app_passwords["phone"]) == {"imap"}


def test_app_password_of_a_suspended_account_opens_nothing() -> None:
    accounts = {"alice": account("alice"), "bob": account("bob", state="suspended", app_passwords={"phone": app()})}
    bob = build({"accounts": accounts}).accounts["bob"]
    assert bob.opened_by(bob.app_passwords["phone"]) == frozenset()


def test_app_password_is_gone_after_its_last_day() -> None:
    alice = made(app_passwords={"laptop": app("laptop"), "phone": app(until="2026-12-31")})
    assert list(alice.on(date(2026, 12, 31)).app_passwords) == ["laptop", "phone"]
    assert list(alice.on(date(2027, 1, 1)).app_passwords) == ["laptop"]


@pytest.mark.parametrize("label", ["", "Phone", "my phone", "-x", "x-", "a/b", "x" * 33, "o'neil"])
def test_name_that_is_no_plain_word_is_refused(label: str) -> None:
    found = refused(accounts=alice(app_passwords={label: app()}))
    assert found == [f"bad-label at accounts.alice.app_passwords.{label}"]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"hash": "hunter2"}, "plain-secret at accounts.alice.app_passwords.phone.hash"),
        ({"protocols": []}, "out-of-range at accounts.alice.app_passwords.phone.protocols"),
        ({"networks": ["198.51.100.1/24"]}, "bad-ip at accounts.alice.app_passwords.phone.networks.0"),
        ({"until": "tomorrow"}, "bad-day at accounts.alice.app_passwords.phone.until"),
    ],
)
def test_wrong_part_is_named(more: dict[str, Any], found: str) -> None:
    assert refused(accounts=alice(app_passwords={"phone": app(**more)})) == [found]


def test_two_with_one_secret_are_refused() -> None:
    twice = refused(accounts=alice(app_passwords={"laptop": app("phone"), "phone": app("phone")}))
    assert twice == ["secret-twice at accounts.alice"]
    own = refused(accounts=alice(app_passwords={"phone": {"hash": Secret("account/alice")}}))
    assert own == ["secret-twice at accounts.alice"]
