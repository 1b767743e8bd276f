"""A draft is written whole or not at all, and nobody's edit is lost."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from mailspec.edit import accounts, lists
from mailspec.edit.draft import Draft
from mailspec.problem import SpecError
from mailspec.vault import Vault
from tests.edit.cases import prepare
from tests.edit.test_cases import contents


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    prepare("split-files-changed", tmp_path)
    return tmp_path


def test_edit_of_somebody_else_is_not_lost(spec: Path) -> None:
    draft = Draft(spec)
    accounts.change(draft, "bob", {"quota": "1G"})
    file = spec / "lists/all.yml"
    file.write_text(file.read_text() + "board: {members: [alice]}\n")
    before = contents(spec)
    with pytest.raises(SpecError, match="changed-meanwhile"):
        draft.save()
    assert contents(spec) == before


@pytest.mark.parametrize("last", [1, 2, 3])
def test_disk_that_fails_half_way_leaves_every_file_as_it_was(
    spec: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    draft = Draft(spec)
    accounts.rename(draft, "bob", "robert")
    accounts.set_password(draft, "alice", "correct horse battery")
    before = contents(spec)
    left = [last]
    replace: Callable[[Path, Path], Path] = Path.replace

    def failing(path: Path, target: Path) -> Path:
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        draft.save()
    assert contents(spec) == before


def test_file_keeps_its_mode_and_a_link_stays_a_link(spec: Path) -> None:
    (spec / "accounts/people.yml").rename(spec / "people")
    (spec / "accounts/people.yml").symlink_to(spec / "people")
    (spec / "people").chmod(0o640)
    draft = Draft(spec)
    accounts.change(draft, "bob", {"quota": "1G"})
    draft.save()
    assert (spec / "accounts/people.yml").is_symlink()
    assert "quota: 1G" in (spec / "people").read_text()
    assert stat.S_IMODE((spec / "people").stat().st_mode) == 0o640


def test_vault_stays_private_and_gets_only_the_new_hash(spec: Path) -> None:
    old = Vault.open(spec).entries()
    draft = Draft(spec)
    accounts.add(draft, "carol", accounts.New(), "correct horse battery")
    draft.save()
    new = Vault.open(spec).entries()
    assert {name: value for name, value in new.items() if name != "carol"} == old
    assert stat.S_IMODE((spec / "vault.yml").stat().st_mode) == 0o600
    assert not list(spec.glob(".vault.yml*"))


def test_new_account_never_takes_the_password_of_one_that_was_renamed(spec: Path) -> None:
    draft = Draft(spec)
    accounts.rename(draft, "bob", "robert")
    draft.save()
    draft = Draft(spec)
    lists.remove_alias(draft, "bob", "robert")
    accounts.change(draft, "robert", {"renamed_from": ""})
    accounts.add(draft, "bob", accounts.New(), "correct horse battery")
    draft.save()
    hashes = {name: account.entry for name, account in Draft(spec).spec.accounts.items()}
    assert hashes == {"alice": "alice", "bob": "bob-2", "robert": "bob"}


def test_spec_that_is_wrong_already_is_not_edited(spec: Path) -> None:
    (spec / "lists/all.yml").write_text("staff: {members: [nobody]}\n")
    with pytest.raises(SpecError, match="unknown-address"):
        Draft(spec)


def test_entry_of_a_file_of_its_own_leaves_the_others_alone(spec: Path) -> None:
    (spec / "accounts/carol.yml").write_text("# hers\nCarol: {password: {hash: !secret carol}}\n")
    draft = Draft(spec)
    accounts.change(draft, "carol@example.org", {"quota": "1G"})
    assert list(draft.diff())[-1] == "+Carol: {password: {hash: !secret carol}, quota: 1G}"
    accounts.add(draft, "dave", accounts.New(), "correct horse battery")
    assert "\n+\n+accounts:\n+  dave: {password: {hash: !secret dave}}\n" in "\n".join(draft.diff())
    assert draft.plan().after.accounts.keys() == {"alice", "bob", "carol", "dave"}


def test_one_account_of_a_thousand_is_one_line(spec: Path) -> None:
    file = spec / "accounts/people.yml"
    many = [
        f"user{n}: {{name: 'User {n}', password: {{hash: !secret bob}}, aliases: [u{n}.x]}}   # {n}"
        for n in range(1000)
    ]
    file.write_text("\n".join([file.read_text(), *many, ""]))
    before = file.read_text().split("\n")
    draft = Draft(spec)
    accounts.change(draft, "user500", {"quota": "5G"})
    draft.save()
    after = file.read_text().split("\n")
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        "user500: {name: 'User 500', password: {hash: !secret bob}, aliases: [u500.x], quota: 5G}   # 500"
    ]
