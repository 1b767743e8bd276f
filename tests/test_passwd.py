"""Passwords that belong to users, set by an administrator."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from mailspec import passwd
from mailspec.cli import run
from mailspec.load import load
from mailspec.model.domain import MailDomain
from mailspec.password import hash_password
from mailspec.problem import SpecError
from mailspec.vault import Vault
from tests.specs import account, build

HASH = "{SSHA256}" + "A" * 48
LOGIN = "alice@example.org"
SERVER = "mx1.example.org"
PRINTER = {"password": {**account("printer")["password"], "owner": "spec"}}
SPEC = build({"accounts": {"alice": account("alice"), "printer": PRINTER}})


def read(folder: Path, text: str, spec: MailDomain = SPEC) -> dict[str, str]:
    table = folder / "passwords"
    table.write_text(text)
    return passwd.read(spec, table)


def test_a_line_is_an_address_and_a_hash(tmp_path: Path) -> None:
    assert read(tmp_path, f"alice {HASH}\n") == {LOGIN: HASH}
    assert read(tmp_path, f"{LOGIN}   {HASH}\n") == {LOGIN: HASH}


@pytest.mark.parametrize(
    ("line", "id_"),
    [
        ("alice hunter2", "bad-hash"),
        ("alice", "bad-hash"),
        (f"nobody {HASH}", "unknown-address"),
        (f"printer {HASH}", "not-the-users"),
    ],
)
def test_a_wrong_line_is_named_without_what_is_in_it(tmp_path: Path, line: str, id_: str) -> None:
    with pytest.raises(SpecError) as caught:
        read(tmp_path, f"alice {HASH}\n{line}\n")
    assert str(caught.value).startswith(f"passwords:2:1: error[{id_}]: ")
    assert "hunter2" not in str(caught.value)
    assert HASH not in str(caught.value)


def plays(monkeypatch: pytest.MonkeyPatch, answer: dict[str, str]) -> list[tuple[int, str]]:
    """Let a playbook answer; returns what it is going to be given: the mode of a file, and what is in it."""
    given: list[tuple[int, str]] = []

    def play(_spec: Path, playbook: str, variables: dict[str, Any]) -> str:
        table = Path(variables["mailspec_passwords"])
        given.append((stat.S_IMODE(table.stat().st_mode), table.read_text()))
        assert (playbook, stat.S_IMODE(table.parent.stat().st_mode)) == ("passwd", 0o700)
        Path(variables["mailspec_answers"], f"{SERVER}.json").write_text(json.dumps(answer))
        return ""

    monkeypatch.setattr(passwd, "play", play)
    return given


def test_a_hash_travels_in_a_file_that_nobody_else_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    given = plays(monkeypatch, {})
    assert passwd.put(SPEC, Path(), LOGIN, HASH) == []
    assert given == [(0o600, f"{LOGIN} {HASH}\n")]


def test_a_server_that_refuses_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    plays(monkeypatch, {"error": "no-login"})
    assert passwd.put(SPEC, Path(), LOGIN, HASH) == ["no-login"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    assert (
        run(["init", str(tmp_path / "spec"), "--domain", "example.org", "--server", SERVER, "--account", "alice"]) == 0
    )
    return tmp_path / "spec"


def test_the_password_of_a_user_changes_on_the_servers_and_not_in_the_vault(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given, before = plays(monkeypatch, {}), Vault.open(folder).entries()
    capsys.readouterr()
    assert run(["account", "passwd", str(folder), "alice"]) == 0
    ((_, line),) = given
    said = capsys.readouterr().out
    password = said.splitlines()[-1].partition("\t")[2]
    assert said.startswith(f"~ {LOGIN}'s password is another one on {SERVER}")
    assert line.startswith(f"{LOGIN} {{ARGON2ID}}")
    assert password
    assert password not in line
    assert Vault.open(folder).entries() == before


def test_a_password_that_no_server_took_is_not_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plays(monkeypatch, {"error": "mx1.example.org: error[no-login]: there is no account"})
    capsys.readouterr()
    with pytest.raises(SystemExit):
        run(["account", "passwd", str(folder), "alice"])
    said = capsys.readouterr()
    assert (said.out, said.err.count("no-login")) == ("", 1)


def test_a_hash_is_taken_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = plays(monkeypatch, {})
    hashed = hash_password("correct horse")
    monkeypatch.setattr("sys.stdin.readline", lambda: f"{hashed}\n")
    assert run(["account", "passwd", str(folder), "alice", "--hash"]) == 0
    assert given[0][1] == f"{LOGIN} {hashed}\n"


def test_the_initial_password_is_in_the_vault(folder: Path) -> None:
    name = load(folder).mailboxes[LOGIN].entry
    before = Vault.open(folder).get(name)
    assert run(["account", "passwd", str(folder), "alice", "--initial"]) == 0
    assert Vault.open(folder).get(name) != before
