"""Passwords in the spec."""

from mailspec.model.password import Password
from mailspec.model.secret import Secret
from tests.refusals import refused
from tests.specs import build


def password(value: object) -> dict[str, object]:
    return {"alice": {"password": value}}


def made(value: object) -> Password:
    found = build({"accounts": password(value)}).accounts["alice"].password
    assert found
    return found


def test_user_owns_the_password_by_default() -> None:
    assert made({"hash": Secret("a")}).owner.value == "user"


def test_password_in_the_spec_is_refused() -> None:
    assert refused(accounts=password({"hash": "hunter2"})) == ["plain-secret at accounts.alice.password.hash"]
    assert refused(accounts=password("hunter2")) == ["wrong-type at accounts.alice.password"]


def test_unknown_owner_is_refused() -> None:
    found = refused(accounts=password({"hash": Secret("a"), "owner": "ldap"}))
    assert found == ["unknown-value at accounts.alice.password.owner"]


def test_only_an_initial_password_has_a_last_day() -> None:
    value = {"hash": Secret("a"), "until": "2026-12-31"}
    assert str(made(value).until) == "2026-12-31"
    found = refused(accounts=password({**value, "owner": "spec"}))
    assert found == ["no-initial-password at accounts.alice.password"]
