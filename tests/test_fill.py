"""Making what a spec lacks."""

from pathlib import Path

import argon2
import pytest

from mailspec.fill import fill
from mailspec.load import Source
from mailspec.problem import SpecError
from mailspec.secrets import check
from mailspec.vault import PASSWORD_FILE, Vault
from tests.test_secrets import SPEC


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mail.yml").write_text(SPEC)
    return Path()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_everything_is_made_at_once(folder: Path) -> None:
    done = fill(folder, passwords=True)
    assert [made.partition(":")[0] for made in done.made] == [
        PASSWORD_FILE,
        "vault.yml",
        "dkim/example.org.yml",
        "tls/ca.pem",
        "tls/mx1.example.org.pem",
    ]
    assert (list(done.passwords), done.lacking) == (["alice@example.org"], [])
    check(Source(folder).spec(), Vault.open(folder))


def test_second_run_makes_nothing(folder: Path) -> None:
    fill(folder, passwords=True)
    before = contents(folder)
    done = fill(folder, passwords=True)
    assert (done.made, done.passwords) == ([], {})
    assert contents(folder) == before


def test_password_shown_is_the_one_of_the_hash(folder: Path) -> None:
    password = fill(folder, passwords=True).passwords["alice@example.org"]
    stored = Vault.open(folder).get("alice").removeprefix("{ARGON2ID}")
    assert argon2.PasswordHasher().verify(stored, password)


def test_passwords_are_made_only_on_request(folder: Path) -> None:
    done = fill(folder)
    assert (done.passwords, done.lacking) == ({}, ["alice"])


def test_alias_domain_needs_no_key(folder: Path) -> None:
    (folder / "domains").mkdir()
    (folder / "domains" / "more.yml").write_text("example.net: {alias_of: example.org}\n")
    fill(folder)
    assert [path.name for path in (folder / "dkim").iterdir()] == ["example.org.yml"]


def test_certificates_of_the_user_are_not_replaced(folder: Path) -> None:
    from tests.specs import chain

    (folder / "mail.yml").write_text(SPEC.replace("test-ca", "files"))
    (folder / "tls").mkdir()
    (folder / "tls" / "mx1.example.org.pem").write_text(chain())
    done = fill(folder)
    assert (folder / "tls" / "mx1.example.org.pem").read_text() == chain()
    assert "tls/mx1.example.org" in done.lacking


def test_lost_vault_gives_new_certificates_but_no_new_dkim_key(folder: Path) -> None:
    fill(folder)
    record = (folder / "dkim" / "example.org.yml").read_text()
    (folder / "vault.yml").unlink()
    done = fill(folder)
    assert (folder / "dkim" / "example.org.yml").read_text() == record
    assert done.lacking == ["alice", "dkim/example.org/ed1", "dkim/example.org/rsa1"]


def test_file_of_the_user_is_not_overwritten(folder: Path) -> None:
    (folder / "dkim").mkdir()
    (folder / "dkim" / "example.org.yml").write_text("{}\n")
    with pytest.raises(SpecError, match="no-dkim-key"):
        fill(folder)
    assert (folder / "dkim" / "example.org.yml").read_text() == "{}\n"


def test_broken_spec_makes_nothing(folder: Path) -> None:
    (folder / "mail.yml").write_text("mailspec: 2\n")
    with pytest.raises(SpecError):
        fill(folder)
    assert [path.name for path in folder.iterdir()] == ["mail.yml"]


def test_app_passwords_are_made_with_the_others(folder: Path) -> None:
    app = "app_passwords: {phone: {hash: !secret app/alice/phone}}"
    text = (folder / "mail.yml").read_text()
    (folder / "mail.yml").write_text(text.replace("password: {", f"{app}, password: {{", 1))
    made = fill(folder, passwords=True).passwords
    assert sorted(made) == ["alice@example.org", "alice@example.org/phone"]
    stored = Vault.open(folder).get("app/alice/phone")
    assert argon2.PasswordHasher().verify(stored[8:].removeprefix("{ARGON2ID}"), made["alice@example.org/phone"])
