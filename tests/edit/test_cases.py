"""What each command that edits a spec prints, word for word, and what it leaves: a case is a folder."""

from pathlib import Path

import pytest

from mailspec.load import Source
from mailspec.vault import Vault
from tests.edit.cases import FOLDER, HASH, TYPED, names, prepare, printed
from tests.examples import whole


@pytest.fixture(autouse=True)
def _no_password_of_ansible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


ALIKE = {
    "account-added-with-a-wrong-quota",
    "account-removed-from-nowhere",
    "account-renamed-postmaster",
    "account-set",
    "account-suspended",
    "alias-added",
    "group-added-of-nobody-known",
    "group-added-that-is-there",
    "group-added-to-no-groups",
    "group-joined",
    "group-joined-by-another-address",
    "group-joined-that-is-unknown",
    "group-left-by-a-stranger",
    "group-left-by-the-last",
    "group-removed-that-is-named",
    "list-joined",
    "list-removed",
    "split-files-added",
}
"""Cases whose like stays in a fast run."""


@pytest.mark.parametrize("case", [whole(name) if name in ALIKE else name for name in names()])
def test_commands_print_this_and_write_it(case: str, tmp_path: Path) -> None:
    prepare(case, tmp_path)
    before = contents(tmp_path)
    shown = printed(case, tmp_path)
    assert shown == (FOLDER / case / "expected.txt").read_text(encoding="utf-8")
    assert not [word for word in (HASH, "ARGON2", TYPED) if word in shown]
    after = contents(tmp_path)
    assert after.keys() == before.keys()
    if "exit code 1" in shown or "--dry-run" in shown:
        assert after == before
    edited = {name for name in after if f"+++ {name}\n" in shown}
    assert {name for name in after if after[name] != before[name]} <= edited | {"vault.yml"}
    spec = Source(tmp_path).spec(complete=False)
    if "+ secret carol" in shown and "--dry-run" not in shown:
        assert "carol" in spec.accounts
        assert Vault.open(tmp_path).get("carol").startswith("{ARGON2ID}$argon2id$")


def test_what_was_suspended_and_restored_is_as_it_was(tmp_path: Path) -> None:
    prepare("account-suspended-and-restored", tmp_path)
    printed("account-suspended-and-restored", tmp_path)
    now = (tmp_path / "mail.yml").read_text(encoding="utf-8")
    assert now.replace("erin},\n  }", "erin}\n  }") == (FOLDER.parent / "base/mail.yml").read_text(encoding="utf-8")
