"""`mailspec lint`: what it prints where, and the exit codes."""

import json
from pathlib import Path

import pytest

from mailspec.lint import rules
from mailspec.vault import Vault
from tests.lint.specs import BAD, source
from tests.test_cli import NEW, mailspec, shell


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    source(Path())


@pytest.mark.parametrize(
    ("fail_on", "spec", "code"),
    [
        ("error", {}, 1),
        ("warning", {"lists": {}}, 1),
        ("error", {"lists": {}}, 0),
        ("info", {"lists": {}, "domains": {"example.org": {}}}, 1),
        ("warning", {"lists": {}, "domains": {"example.org": {}}}, 0),
        ("never", {}, 0),
    ],
)
def test_exit_code_follows_the_worst_finding(fail_on: str, spec: dict[str, object], code: int) -> None:
    source(Path(), **spec)
    mailspec("lint", ".", "--fail-on", fail_on, code=code)


def test_warnings_do_not_fail_by_themselves() -> None:
    source(Path(), lists={})
    assert mailspec("lint", ".")[0].endswith("\n1 warning, 1 info\n")


def test_what_matters_less_is_left_out_but_still_counts_for_the_exit_code() -> None:
    out, err = mailspec("lint", ".", "--level", "error", code=1)
    assert (out.count("hint:"), out.endswith("\n1 error\n"), err) == (1, True, "")
    assert mailspec("lint", ".", "--level", "error", "--fail-on", "info", code=1)[0] == out


def test_formats_are_data_on_stdout() -> None:
    assert json.loads(mailspec("lint", ".", "--format", "json", code=1)[0])["spec"] == "mail.yml"
    assert json.loads(mailspec("lint", ".", "--format", "sarif", code=1)[0])["version"] == "2.1.0"
    assert mailspec("lint", ".", "--format", "github", code=1)[0].startswith("::warning file=mail.yml,line=3,")


def test_broken_spec_is_reported_in_the_same_format() -> None:
    Path("mail.yml").write_text("mailspec: 2\n")
    data = json.loads(mailspec("lint", ".", "--format", "json", "--fail-on", "never", code=1)[0])
    assert {finding["rule"] for finding in data["findings"]} == {"missing-key", "unknown-value"}
    assert "error[missing-key]" in mailspec("lint", ".", code=1)[0]
    assert "error[no-file]" in mailspec("lint", "nowhere", code=1)[0]


@pytest.mark.parametrize("id_", rules())
def test_page_of_each_rule_is_printed(id_: str) -> None:
    assert mailspec("lint", "--explain", id_)[0].startswith(f"# {id_} ({rules()[id_].level.word})\n")


def test_unknown_rule_is_the_users_mistake() -> None:
    assert "write `empty-list`" in mailspec("lint", "--explain", "emptylist", code=1)[1]
    assert "--list" in mailspec("lint", "--explain", "zzz", code=1)[1]
    assert "name a spec" in mailspec("lint", code=1)[1]


def test_every_rule_is_listed() -> None:
    lines = mailspec("lint", "--list")[0].splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(rules())


def test_hashes_of_older_schemes_are_found_only_with_the_vault() -> None:
    mailspec("init", "first", *NEW)
    vault = Vault.open(Path("first"))
    weak = "{SHA256-CRYPT}$5$saltsalt$" + "a" * 43
    vault.set("alice", weak)
    vault.save()
    assert "no findings" in mailspec("lint", "first")[0]
    out = mailspec("lint", "--vault", "first", "--fail-on", "warning", code=1)[0]
    assert "kept as SHA256-CRYPT" in out
    assert weak[20:] not in out
    Path("first/.vault-password").unlink()
    assert "no-vault-password" in mailspec("lint", "--vault", "first", code=1)[1]


def test_findings_are_coloured_only_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from mailspec import cli

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    cli.run(["lint", "."])
    assert "\x1b[" in capsys.readouterr().out
    cli.run(["lint", ".", "--format", "json"])
    assert "\x1b[" not in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    cli.run(["lint", "."])
    assert "\x1b[" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "code"), [("$MAILSPEC lint . > /dev/full", 1), ("$MAILSPEC lint . --format sarif | head -1", 0)]
)
def test_full_disk_and_closed_pipe_are_no_bugs(command: str, code: int) -> None:
    done = shell(command)
    assert (done.returncode, "Traceback" in done.stderr, "bug" in done.stderr) == (code, False, False)


def test_days_are_judged_only_when_one_is_named() -> None:
    accounts = {**BAD["accounts"], "erin": {**BAD["accounts"]["alice"], "until": "2026-12-31"}}
    source(Path(), accounts=accounts)
    found = [mailspec("lint", ".", *on, code=1)[0] for on in ((), ("--on", "2026-12-20"), ("--on", "2027-01-01"))]
    ids = ("account-ends-soon", "account-ended")
    assert [[id_ for id_ in ids if f"[{id_}]" in out] for out in found] == [[], [ids[0]], [ids[1]]]
    assert "--on" in mailspec("lint", ".", "--on", "soon", code=1)[1]
