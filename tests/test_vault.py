"""The vault of a spec folder."""

import os
import stat
from pathlib import Path

import pytest

from mailspec.problem import SpecError
from mailspec.vault import FILE, PASSWORD_FILE, Vault

PEM = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"


@pytest.fixture(autouse=True)
def _no_password_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault.create(tmp_path)
    vault.set("alice", "{SCHEME}$secret$")
    vault.set("tls/mx1", PEM)
    vault.save()
    return vault


def problem(folder: Path, password: bytes | None = None) -> str:
    with pytest.raises(SpecError) as caught:
        Vault.open(folder, password)
    return caught.value.problems[0].id


def encrypted(folder: Path, text: str) -> None:
    from ansible.parsing.vault import VaultLib, VaultSecret

    secret = VaultSecret((folder / PASSWORD_FILE).read_bytes().strip())
    (folder / FILE).write_bytes(VaultLib([("default", secret)]).encrypt(text))


def test_entries_come_back(vault: Vault) -> None:
    folder = vault.path.parent
    found = Vault.open(folder)
    assert found.names() == ["alice", "tls/mx1"]
    assert (found.get("alice"), found.get("tls/mx1")) == ("{SCHEME}$secret$", PEM)


def test_any_text_comes_back(tmp_path: Path) -> None:
    texts = {
        str(n): text for n, text in enumerate(["", " ", "yes", "1", "a: b", "ä\n\n", "\ttab", "x\0y", "- a", "'\""])
    }
    vault = Vault.create(tmp_path)
    for name, text in texts.items():
        vault.set(name, text)
    vault.save()
    found = Vault.open(tmp_path)
    assert {name: found.get(name) for name in found.names()} == texts


def test_files_are_for_the_owner_only(vault: Vault) -> None:
    folder = vault.path.parent
    for name in (FILE, PASSWORD_FILE):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_nothing_is_readable_without_the_password(vault: Vault) -> None:
    folder = vault.path.parent
    assert "secret" not in (folder / FILE).read_text()
    (folder / PASSWORD_FILE).write_text("another\n")
    assert problem(folder) == "wrong-vault-password"


def test_unchanged_vault_is_not_written_again(vault: Vault) -> None:
    folder = vault.path.parent
    before = (folder / FILE).read_bytes()
    found = Vault.open(folder)
    found.set("alice", found.get("alice"))
    found.save()
    assert (folder / FILE).read_bytes() == before


def test_failed_write_leaves_the_old_vault(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = vault.path.parent
    before = (folder / FILE).read_bytes()

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    vault.set("bob", "x")
    with pytest.raises(OSError, match="space"):
        vault.save()
    assert (folder / FILE).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [PASSWORD_FILE, FILE]


def test_password_of_ansible_is_used_where_there_is_none_beside_the_spec(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = vault.path.parent
    (folder / PASSWORD_FILE).rename(folder / "elsewhere")
    assert problem(folder) == "no-vault-password"
    monkeypatch.setenv("ANSIBLE_VAULT_PASSWORD_FILE", str(folder / "elsewhere"))
    assert Vault.open(folder).names() == ["alice", "tls/mx1"]
    monkeypatch.setenv("ANSIBLE_VAULT_PASSWORD_FILE", str(folder / "nowhere"))
    assert problem(folder) == "no-vault-password"


def test_password_script_of_ansible_is_run(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = vault.path.parent
    password = (folder / PASSWORD_FILE).read_text().strip()
    (folder / PASSWORD_FILE).unlink()
    script = folder / "script"
    script.write_text(f"#!/bin/sh\necho '{password}'\n")
    script.chmod(0o700)
    monkeypatch.setenv("ANSIBLE_VAULT_PASSWORD_FILE", str(script))
    assert Vault.open(folder).get("alice") == "{SCHEME}$secret$"


def test_given_password_wins(vault: Vault) -> None:
    folder = vault.path.parent
    password = (folder / PASSWORD_FILE).read_bytes().strip()
    (folder / PASSWORD_FILE).unlink()
    assert Vault.open(folder, password).names() == ["alice", "tls/mx1"]
    assert problem(folder, b"wrong") == "wrong-vault-password"


def test_missing_entry_is_named(vault: Vault) -> None:
    with pytest.raises(SpecError, match=r"error\[no-secret\].*`bob`"):
        vault.get("bob")


def test_vault_does_not_show_its_values(vault: Vault) -> None:
    assert "secret" not in repr(vault)


def test_missing_plain_empty_and_damaged_vaults_are_told_apart(vault: Vault) -> None:
    folder = vault.path.parent
    text = (folder / FILE).read_text()
    (folder / FILE).write_text(text[: len(text) // 2])
    assert problem(folder) == "wrong-vault-password"
    (folder / FILE).write_text("alice: hunter2\n")
    assert problem(folder) == "plain-vault"
    (folder / FILE).write_text("")
    assert problem(folder) == "no-vault"
    (folder / FILE).unlink()
    assert problem(folder) == "no-vault"
    (folder / PASSWORD_FILE).write_text("\n")
    encrypted(folder, "a: b\n")
    assert problem(folder) == "no-vault-password"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("alice: [hunter2]\n", "wrong-type"),
        ("alice: 12345678\n", "wrong-type"),
        ("- hunter2\n", "wrong-type"),
        ("alice: hunter2\nalice: hunter2\n", "duplicate-key"),
        ("alice: !secret hunter2\n", "wrong-type"),
        ("alice: hunter2: x\n", "syntax"),
        ("alice: &a hunter2\n", "anchor"),
    ],
)
def test_faulty_content_is_a_problem_that_shows_no_value(vault: Vault, text: str, id_: str) -> None:
    folder = vault.path.parent
    encrypted(folder, text)
    with pytest.raises(SpecError) as caught:
        Vault.open(folder)
    assert caught.value.problems[0].id == id_
    assert "hunter2" not in str(caught.value)
