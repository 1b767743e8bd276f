"""App passwords as cases."""

from datetime import date
from typing import Any

from mailspec.cases.case import FailedLogin, Login, Secret
from mailspec.model import secret
from mailspec.model.domain import MailDomain

from ..specs import account, build
from .pick import ids, pick

APP = "app-password/bob@example.org/phone/"
NO_APP = "no-app-password/bob@example.org/phone/"


def spec(life: dict[str, Any] | None = None, **more: Any) -> MailDomain:
    apps = {"phone": {"hash": secret.Secret("app/bob/phone"), **more}}
    return build({"accounts": {"alice": account("alice"), "bob": account("bob", app_passwords=apps, **(life or {}))}})


def test_app_password_logs_in_by_its_protocols_alone() -> None:
    found = spec(protocols=["imap", "smtp"])
    assert ids(found, APP) == [f"{APP}{port}" for port in (465, 587, 993)]
    assert ids(found, NO_APP) == [f"{NO_APP}{name}" for name in ("995", "4190", "hash")]
    assert pick(found, f"{APP}993", Login).app == "phone"


def test_app_password_manages_no_filters_unless_that_is_named() -> None:
    assert f"{APP}4190" not in ids(spec(), APP)
    assert f"{APP}4190" in ids(spec(protocols=["sieve"]), APP)


def test_app_password_logs_in_from_its_networks_alone() -> None:
    found = spec(networks=["198.51.100.0/24"])
    assert {pick(found, name, Login).family for name in ids(found, APP)} == {4}
    assert pick(found, f"{NO_APP}465-ipv6", FailedLogin).family == 6


def test_text_of_its_hash_is_no_password() -> None:
    case = pick(spec(), f"{NO_APP}hash", FailedLogin)
    assert (case.password, case.app, case.succeeds) == (Secret.HASH, "phone", False)


def test_app_password_of_a_suspended_account_opens_nothing() -> None:
    found = spec({"state": "suspended"})
    assert (ids(found, APP), len(ids(found, NO_APP))) == ([], 5)


def test_app_password_whose_last_day_is_over_is_no_case() -> None:
    found = spec(until="2026-12-31")
    assert ids(found.on(date(2026, 12, 31)), APP)
    assert ids(found.on(date(2027, 1, 1)), APP) == []
