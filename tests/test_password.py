"""Password hashes."""

import argon2
import pytest

from mailspec.password import (
    check_app_hash,
    check_hash,
    check_password,
    hash_app_password,
    hash_password,
    random_app_password,
    random_password,
)
from mailspec.problem import SpecError

CRYPT43, CRYPT86 = "a" * 43, "a" * 86


def test_new_hash_is_argon2id_with_its_scheme() -> None:
    found = hash_password("correct horse")
    assert found.startswith("{ARGON2ID}$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_hash(found, "alice") == found
    assert argon2.PasswordHasher().verify(found.removeprefix("{ARGON2ID}"), "correct horse")


@pytest.mark.parametrize(
    "value",
    [
        "{BLF-CRYPT}$2y$12$" + "a" * 53,
        "{CRYPT}$y$j9T$saltsalt$" + CRYPT43,
        "{SHA256-CRYPT}$5$rounds=5000$salt$" + CRYPT43,
        "{SHA512-CRYPT}$6$salt$" + CRYPT86,
        "{SSHA256}" + "A" * 48,
        "{SSHA512}" + "A" * 96,
    ],
)
def test_hashes_of_older_systems_are_accepted(value: str) -> None:
    assert check_hash(value, "alice") == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "hunter2",
        "{PLAIN}hunter2",
        "{MD5-CRYPT}$1$salt$" + "a" * 22,
        "{SHA}" + "A" * 28,
        "{ARGON2ID}",
        "{ARGON2ID}hunter2",
        "{argon2id}$argon2id$v=19$m=19456,t=2,p=1$" + "A" * 22 + "$" + "A" * 43,
        "$6$salt$" + CRYPT86,
        "{SHA512-CRYPT}$6$salt$" + CRYPT86 + "\n",
        "{CRYPT}$1$salt$" + "a" * 22,
        "{CRYPT}$6$salt$" + CRYPT86,
    ],
)
def test_everything_else_is_refused_without_showing_it(value: str) -> None:
    with pytest.raises(SpecError) as caught:
        check_hash(value, "alice")
    assert "hunter2" not in str(caught.value)
    assert "`alice`" in str(caught.value)


@pytest.mark.parametrize("password", ["short", "a" * 129, "with\ttab and more", "with\0nul and more"])
def test_poor_password_is_refused(password: str) -> None:
    with pytest.raises(ValueError, match="use at"):
        check_password(password)


def test_random_passwords_differ_and_pass_the_check() -> None:
    found = {random_password() for _ in range(50)}
    assert len(found) == 50
    assert all(check_password(password) == password for password in found)


def test_entry_of_an_app_password_is_its_tag_and_its_hash() -> None:
    found = hash_app_password("abc")
    assert found.startswith("ba7816bf{ARGON2ID}$argon2id$")  # the digest of `abc` in FIPS 180
    assert check_app_hash(found, "app/alice/phone") == found
    assert argon2.PasswordHasher().verify(found[8:].removeprefix("{ARGON2ID}"), "abc")


@pytest.mark.parametrize("value", ["", "hunter2", "{SSHA256}" + "A" * 48, "ABCDEF01{SSHA256}" + "A" * 48, "abcdef01"])
def test_what_is_no_entry_of_an_app_password_is_refused(value: str) -> None:
    with pytest.raises(SpecError, match="is no app password"):
        check_app_hash(value, "app/alice/phone")


def test_app_password_is_long_and_random() -> None:
    found = {random_app_password() for _ in range(50)}
    assert len(found) == 50
    assert {len(password.replace("-", "")) for password in found} == {30}
