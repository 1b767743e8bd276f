"""`mailspec plan` on the command line: what goes where, and the exit codes."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from mailspec.vault import Vault
from tests.test_cli import mailspec, shell

DEMO = Path(__file__).parent.parent / "inventories/demo/mail.yml"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder `spec` that stands in git, and a copy of it in `old`."""
    monkeypatch.chdir(tmp_path)
    for folder in ("spec", "old"):
        Path(folder).mkdir()
        shutil.copy(DEMO, folder)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "spec"], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], check=True)


def edit(old: str, new: str) -> None:
    text = Path("spec/mail.yml").read_text(encoding="utf-8")
    assert old in text
    Path("spec/mail.yml").write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("base", ["HEAD", "old", "old/mail.yml"])
def test_nothing_to_do_is_said_whatever_the_base_is(base: str) -> None:
    assert mailspec("plan", "spec", "--base", base) == (f"No changes: spec does what {base} did\n", "")
    assert mailspec("plan", "spec", "--base", base, "--exit-code")[0].startswith("No changes")


def test_change_is_told_on_stdout_with_its_place() -> None:
    edit("aliases: [robert]", "aliases: [robert, sales]")
    out, err = mailspec("plan", "spec", "--base", "HEAD")
    assert "+ mail to sales@example.org, refused so far, now reaches bob@example.org (spec/mail.yml:18:86)" in out
    assert "+sales@example.org\tbob@example.org" in out
    assert out.endswith("Plan: 2 to add, 0 to change, 0 to remove. Reloads nothing.\n")
    assert err == ""
    assert "+sales@example.org" not in mailspec("plan", "spec", "--base", "HEAD", "--no-diff")[0]


def test_exit_code_tells_changes_from_a_danger() -> None:
    edit("aliases: [robert]", "aliases: [robert, sales]")
    mailspec("plan", "spec", "--base", "HEAD", code=0)
    mailspec("plan", "spec", "--base", "HEAD", "--exit-code", code=2)
    edit("aliases: [robert, sales]", "aliases: []")
    mailspec("plan", "spec", "--base", "HEAD", code=0)
    out = mailspec("plan", "spec", "--base", "HEAD", "--exit-code", code=4)[0]
    assert "allow it: --allow mail-refused:robert@example.org" in out
    assert "1 danger needs a yes." in out


def test_allowed_danger_needs_no_yes_and_still_stands_first() -> None:
    edit("aliases: [robert]", "aliases: []")
    out, err = mailspec(
        "plan", "spec", "--base", "HEAD", "--exit-code", "--allow", "mail-refused:robert@example.org", code=2
    )
    assert out.startswith("Danger\n")
    assert "acknowledged: --allow" in out
    assert "needs a yes" not in out
    assert err == ""


def test_allow_of_what_is_no_danger_is_noted() -> None:
    edit("aliases: [robert]", "aliases: [robert, sales]")
    out, err = mailspec("plan", "spec", "--base", "HEAD", "--allow", "mail-reaches:sales@example.org\x1b[31m")
    assert err == "note: --allow mail-reaches:sales@example.org\\x1b[31m: no danger has this key\n"
    assert "Danger" not in out


@pytest.mark.parametrize(
    ("form", "begins"), [("text", "Receiving"), ("markdown", "<!-- "), ("json", "{"), ("html", "<!D")]
)
def test_every_format_can_be_written_to_a_file(form: str, begins: str) -> None:
    edit("aliases: [robert]", "aliases: [robert, sales]")
    shown = mailspec("plan", "spec", "--base", "HEAD", "--format", form)[0]
    assert shown.startswith(begins)
    out, err = mailspec("plan", "spec", "--base", "HEAD", "--format", form, "--out", "new/plan")
    assert (out, err) == ("", f"new/plan: the plan as {form}\n")
    assert Path("new/plan").read_text(encoding="utf-8") == shown


def test_no_format_shows_a_secret() -> None:
    mailspec("init", "own", "--domain", "example.org", "--server", "mx1.example.org", "--account", "alice")
    shutil.copytree("own", "before")
    mailspec("secret", "set", "--stdin", "own", "alice", stdin="another long password\n")
    hidden = [
        Vault.open(Path(folder)).get(name) for folder in ("own", "before") for name in Vault.open(Path("own")).names()
    ]
    for form in ("text", "markdown", "json", "html"):
        out, err = mailspec("plan", "own", "--base", "before", "--format", form)
        assert "password" in out
        assert not [secret for secret in hidden if secret.strip() in out + err]
        assert "ARGON2" not in out
        assert "another long" not in out


def test_schema_of_the_plan_fits_what_is_printed() -> None:
    edit("aliases: [robert]", "aliases: []")
    schema = json.loads(mailspec("schema", "--plan")[0])
    jsonschema.validate(json.loads(mailspec("plan", "spec", "--base", "HEAD", "--format", "json")[0]), schema)


@pytest.mark.parametrize(
    "arguments", [["plan", "spec"], ["plan", "spec", "--base", "HEAD", "--format", "pdf"]], ids=" ".join
)
def test_usage_error_is_the_users_mistake(arguments: list[str]) -> None:
    out, err = mailspec(*arguments, code=1)
    assert (out, err[:6]) == ("", "Usage:")


@pytest.mark.parametrize("base", ["nothing", "", "--help", "HEAD~7"])
def test_base_that_is_not_there_is_the_users_mistake(base: str) -> None:
    out, err = mailspec("plan", "spec", f"--base={base}", code=1)
    assert out == ""
    assert "error[no-base]" in err


def test_file_that_can_not_be_written_is_no_bug() -> None:
    edit("aliases: [robert]", "aliases: [robert, sales]")
    done = shell("$MAILSPEC plan spec --base HEAD > /dev/full")
    assert (done.returncode, "bug" in done.stderr) == (1, False)
    assert "error[system]" in mailspec("plan", "spec", "--base", "HEAD", "--out", "/dev/null/plan", code=1)[1]


@pytest.mark.whole
def test_colour_needs_a_terminal_without_no_color() -> None:
    edit("aliases: [robert]", "aliases: [robert, sales]")
    command = 'script -qec "$MAILSPEC plan spec --base HEAD" /dev/null'
    assert "\x1b[32m" in shell(command).stdout
    assert "\x1b[" not in re.sub("\x1b\\[[?]", "", shell(command, NO_COLOR="1").stdout)
    assert "\x1b[" not in shell("$MAILSPEC plan spec --base HEAD").stdout
