"""The first spec of a user."""

from pathlib import Path

import pytest

from mailspec.init import EXAMPLES, Answers, init, spec_text
from mailspec.load import Source
from mailspec.problem import SpecError
from mailspec.secrets import check
from mailspec.vault import Vault

ANSWERS = Answers("example.org", "mx1.example.org", "alice", EXAMPLES, "correct horse battery")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_folder_is_complete(tmp_path: Path) -> None:
    init(tmp_path / "first", ANSWERS)
    assert names(tmp_path / "first") == [
        ".gitignore",
        *(f".schema/{name}.json" for name in ("accounts", "dkim", "domains", "groups", "lists", "mail")),
        ".vault-password",
        "dkim/example.org.yml",
        "mail.yml",
        "tls/ca.pem",
        "tls/mx1.example.org.pem",
        "vault.yml",
    ]
    check(Source(tmp_path / "first").spec(), Vault.open(tmp_path / "first"))


def test_spec_has_about_fourteen_readable_lines() -> None:
    assert len(spec_text(ANSWERS).splitlines()) <= 15


@pytest.mark.parametrize("account", ["null", "true", "123", "1e3", "0x10", "a.b-c_d", "no", "y"])
def test_any_account_name_is_written_as_text(account: str) -> None:
    init(Path("first"), Answers("example.org", "mx1.example.org", account, EXAMPLES, "correct horse battery"))
    assert list(Source(Path("first")).spec().accounts) == [account]


def test_empty_folder_is_filled() -> None:
    Path("first").mkdir()
    init(Path("first"), ANSWERS)
    assert Source(Path("first")).spec().postmaster == "alice"


def test_folder_may_be_the_one_the_user_is_in() -> None:
    init(Path(), ANSWERS)
    assert "mail.yml" in names(Path())


def test_folder_with_files_is_refused_and_left_alone() -> None:
    Path("first").mkdir()
    Path("first/notes").write_text("mine")
    with pytest.raises(SpecError, match="not-empty"):
        init(Path("first"), ANSWERS)
    assert names(Path()) == ["first/notes"]


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ()])
def test_refused_answer_leaves_nothing_and_names_the_folder(addresses: tuple[str, ...]) -> None:
    with pytest.raises(SpecError) as caught:
        init(Path("deep/first"), Answers("example.org", "mx1.example.org", "alice", addresses, "correct horse battery"))
    assert caught.value.problems[0].place.file == "deep/first/mail.yml"
    assert names(Path()) == []


def test_password_of_ansible_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSIBLE_VAULT_PASSWORD_FILE", "/nowhere")
    init(Path("first"), ANSWERS)
    assert Vault.open(Path("first")).get("alice").startswith("{ARGON2ID}")
