"""The command line: what goes where, and the exit codes."""

import contextlib
import io
import json
import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import click
import jsonschema
import pytest

from mailspec import __version__, cli
from mailspec.load import Source
from mailspec.vault import Vault

ROOT = Path(__file__).parent.parent
NEW = ["--domain", "example.org", "--server", "mx1.example.org", "--account", "alice"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    monkeypatch.delenv("MAILSPEC_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)


def mailspec(*arguments: str, code: int = 0, stdin: str = "") -> tuple[str, str]:
    """What a command writes to stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr("sys.stdin", io.StringIO(stdin))
        found = cli.run(list(arguments))
    assert found == code, err.getvalue()
    return out.getvalue(), err.getvalue()


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command line of its own; `$MAILSPEC` is the program."""
    own = {"PYTHONPATH": str(ROOT), "MAILSPEC": f"{sys.executable} -m mailspec"}
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | own | environment,
    )


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "first"
    mailspec("init", str(folder), *NEW)
    return folder


@pytest.fixture
def spec(first: Path) -> str:
    shutil.copytree(first, "first")
    return "first"


def commands(group: click.Group, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found += commands(command, (*above, name)) if isinstance(command, click.Group) else [(*above, name)]
    return found


@pytest.mark.parametrize("command", commands(cli.commands), ids=" ".join)
def test_every_command_teaches_by_an_example(command: tuple[str, ...]) -> None:
    text = mailspec(*command, "--help")[0]
    assert f"  mailspec {' '.join(command)} " in text


def test_version_is_printed() -> None:
    assert mailspec("--version")[0] == f"mailspec, version {__version__}\n"


def test_help_loads_nothing_slow() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, mailspec.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert not {"ansible", "argon2", "cryptography", "jinja2", "pydantic", "rich", "yaml"} & set(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["validate"],
        ["validate", "a", "b"],
        ["dns", "x", "--format", "y"],
        ["--nonsense"],
        ["render", "x"],
        [],
    ],
    ids=" ".join,
)
def test_usage_error_is_the_users_mistake(arguments: list[str]) -> None:
    out, err = mailspec(*arguments, code=1)
    assert (out, err[:6]) == ("", "Usage:")


def test_first_spec_is_valid_and_the_password_is_on_stdout() -> None:
    out, err = mailspec("init", "first", *NEW, "--address", "198.51.100.7")
    login, password = out.strip().split("\t")
    assert (login, password in err) == ("alice@example.org", False)
    assert "mailspec validate first" in err
    assert mailspec("validate", "first") == ("first/mail.yml is valid: 1 domain, 1 server, 1 account\n", "")


def test_init_without_terminal_names_the_missing_option() -> None:
    assert "--server is missing" in mailspec("init", "first", "--domain", "example.org", code=1)[1]
    assert not Path("first").exists()


def test_init_explains_a_refused_option() -> None:
    err = mailspec("init", "first", "--domain", "$x", code=1)[1]
    assert "Invalid value for '--domain': `$x` is no domain name; write a full name" in err


def dialogue(arguments: list[str], answers: list[str]) -> str:
    """What a terminal shows when each question gets the next answer."""
    controller, terminal = pty.openpty()
    # whoever runs the tests in the background ignores ^C, and so would what they start
    own_terminal = ["env", "--default-signal=INT", "setsid", "--ctty", "--wait"]
    command = [*own_terminal, sys.executable, "-m", "mailspec", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    shown = ""
    running = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment)
    os.close(terminal)
    try:
        while select.select([controller], [], [], 30)[0]:
            shown += os.read(controller, 1000).decode()
            if shown.endswith(": ") and answers:
                os.write(controller, f"{answers.pop(0)}\n".encode())
    except OSError:
        pass  # the program has closed the terminal
    finally:
        running.kill()
        running.wait(timeout=10)
        os.close(controller)
    return shown


def test_init_asks_on_a_terminal() -> None:
    passwords = ["short", "long enough password", "other", "long enough password", "long enough password"]
    shown = dialogue(["init", "first"], ["exa mple", "example.org", "", "alice", *passwords])
    assert "is no domain name" in shown
    assert "use at least 10 characters" in shown
    assert "the two differ" in shown
    assert "long enough" not in shown
    assert Vault.open(Path("first")).get("alice").startswith("{ARGON2ID}")
    assert list(Source(Path("first")).spec().servers) == ["mx1.example.org"]


def test_init_that_is_stopped_leaves_nothing() -> None:
    assert "stopped; nothing was changed" in dialogue(["init", "first"], ["example.org", "\x03"])
    assert list(Path().iterdir()) == []


def test_errors_go_to_stderr_and_nothing_to_stdout(spec: str) -> None:
    Path(spec, "mail.yml").write_text("mailspec: 2\n")
    out, err = mailspec("validate", spec, code=1)
    assert out == ""
    assert err.startswith("first/mail.yml:1:1: error[missing-key]: `accounts` is missing")


def test_secrets_are_listed_without_values(spec: str) -> None:
    Path(spec, "accounts").mkdir()
    Path(spec, "accounts", "bob.yml").write_text("bob: {password: {hash: !secret bob}}\n")
    vault = Vault.open(Path(spec))
    vault.set("old", "hunter2")
    vault.save()
    lines = {line.split()[0]: line for line in mailspec("secret", "list", spec)[0].splitlines()}
    assert "present" in lines["alice"]
    assert "missing" in lines["bob"]
    assert "first/accounts/bob.yml:1:24" in lines["bob"]
    assert "unused" in lines["old"]
    assert "hunter2" not in "".join(lines.values())


def test_password_is_set_from_stdin_and_kept_as_a_hash(spec: str) -> None:
    before = Vault.open(Path(spec)).get("alice")
    out, err = mailspec("secret", "set", "--stdin", spec, "alice", stdin="a new long password\n")
    after = Vault.open(Path(spec)).get("alice")
    assert after != before
    assert after.startswith("{ARGON2ID}")
    assert "password" not in out
    assert "a new long" not in err


def test_hash_of_an_older_system_is_kept_as_it_is(spec: str) -> None:
    value = "{SHA512-CRYPT}$6$salt$" + "a" * 86
    mailspec("secret", "set", "--hash", spec, "alice", stdin=f"{value}\n")
    assert Vault.open(Path(spec)).get("alice") == value


@pytest.mark.parametrize(
    ("name", "options", "value", "word"),
    [
        ("alice", ["--stdin"], "short", "use at least 10 characters"),
        ("alice", ["--hash"], "{PLAIN}hunter2", "bad-hash"),
        ("alcie", ["--stdin"], "a long password", "write `alice`"),
        ("tls/mx1.example.org", ["--stdin"], "no key", "bad-key"),
        ("alice", [], "a long password", "use --stdin"),
    ],
)
def test_secret_that_does_not_fit_is_refused(spec: str, name: str, options: list[str], value: str, word: str) -> None:
    before = Path(spec, "vault.yml").read_bytes()
    assert word in mailspec("secret", "set", *options, spec, name, stdin=value, code=1)[1]
    assert Path(spec, "vault.yml").read_bytes() == before


def test_secret_needs_a_vault_first(spec: str) -> None:
    Path(spec, "vault.yml").unlink()
    Path(spec, ".vault-password").unlink()
    assert "make it with `mailspec secret fill`" in mailspec("secret", "set", "--stdin", spec, "alice", code=1)[1]
    assert not Path(spec, ".vault-password").exists()


def test_fill_prints_each_password_once(spec: str) -> None:
    Path(spec, "accounts").mkdir()
    Path(spec, "accounts", "bob.yml").write_text("bob: {password: {hash: !secret bob}}\n")
    out, err = mailspec("secret", "fill", spec)
    assert (out, err) == ("", "nothing to make\nmissing: bob (mailspec secret set first bob)\n")
    assert mailspec("secret", "fill", "--passwords", spec)[0].startswith("bob@example.org\t")
    assert mailspec("secret", "fill", "--passwords", spec) == ("", "nothing to make\n")


def test_tree_is_written_the_same_twice_and_without_secrets(spec: str) -> None:
    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}

    mailspec("render", spec, "--out", "out")
    first = files()
    mailspec("render", spec, "--out", "out")
    assert files() == first
    assert "out/mx1.example.org/etc/postfix/main.cf" in first
    text = b"".join(first.values())
    assert not [name for name in Vault.open(Path(spec)).names() if Vault.open(Path(spec)).get(name).encode() in text]


def test_policy_for_the_web_lies_beside_the_tree(spec: str) -> None:
    main = Path(spec, "mail.yml")
    main.write_text(main.read_text().replace("  example.org: {}", "  example.org: {mta_sts: {mode: testing}}"))
    path = "mta-sts.example.org/.well-known/mta-sts.txt"
    assert f"out/{path}: to be published at https://{path}" in mailspec("render", spec, "--out", "out")[1]
    assert Path("out", path).read_bytes().endswith(b"\r\nmax_age: 604800\r\n")


def test_relay_password_is_taken_as_it_is(spec: str) -> None:
    with Path(spec, "mail.yml").open("a") as file:
        file.write("relay: {host: smtp.example.net, login: us, password: !secret relay}\n")
    mailspec("secret", "set", "--stdin", spec, "relay", stdin="word of the relay\n")
    assert Vault.open(Path(spec)).get("relay") == "word of the relay"


def test_tree_never_replaces_what_others_wrote(spec: str) -> None:
    Path("out").mkdir()
    Path("out", "mine").write_text("mine")
    assert "not-empty" in mailspec("render", spec, "--out", "out", code=1)[1]
    assert "not-empty" in mailspec("render", spec, "--out", "out/mine", code=1)[1]
    assert Path("out", "mine").read_text() == "mine"


def test_records_come_as_zone_or_table(spec: str) -> None:
    assert "example.org. 3600 IN MX 10 mx1.example.org." in mailspec("dns", spec)[0]
    assert "MX    10 mx1.example.org." in mailspec("dns", spec, "--format", "table")[0]


def test_group_is_explained_with_its_place(spec: str) -> None:
    assert mailspec("explain", spec, "group:everyone")[0].splitlines()[2].endswith("(first/mail.yml:13:3)")
    assert json.loads(mailspec("explain", spec, "group:everyone", "--json")[0])["people"][0]["line"] == 13
    assert "ADDRESS: error[unknown-group]" in mailspec("explain", spec, "group:staff", code=1)[1]


def test_address_is_explained_with_its_place(spec: str) -> None:
    assert "(first/mail.yml:13:3)" in mailspec("explain", spec, "alice")[0]
    assert "bad-address" in mailspec("explain", spec, "\x1b[31m", code=1)[1]


def test_question_is_answered_in_the_first_line(spec: str) -> None:
    def answer(*options: str) -> str:
        return mailspec("explain", spec, "alice", *options)[0].partition("\n")[0]

    assert answer("--from", "x@example.com").startswith("yes: anybody may write to alice@example.org")
    assert answer("--authenticated-as", "alice") == (
        "yes: From: alice@example.org is the login itself (first/mail.yml:13:3)"
    )
    assert answer("--from", "bob", "--authenticated-as", "alice").startswith(
        "no: MAIL FROM bob@example.org belongs to no"
    )
    assert answer("--envelope", "<>", "--dmarc", "fail").startswith("yes")
    assert "--dmarc needs --from" in mailspec("explain", spec, "alice", "--dmarc", "pass", code=1)[1]
    assert "--from: error[bad-address]" in mailspec("explain", spec, "alice", "--from", "a b", code=1)[1]


def test_explanation_comes_as_json(spec: str) -> None:
    found = json.loads(mailspec("explain", spec, "postmaster", "--json")[0])
    assert (found["mail"]["kind"], found["mail"]["file"], found["mail"]["line"]) == ("role", "first/mail.yml", 4)
    assert found["limits"][0]["path"] == "limits.message_size"
    assert found["limits"][0]["line"] is None  # a default
    found = json.loads(mailspec("explain", spec, "alice", "--from", "alice", "--dmarc", "fail", "--json")[0])
    assert (found["allowed"], found["decides"]["rule"]) == (True, "dmarc")


def test_tree_is_drawn_with_what_the_terminal_can_show(spec: str) -> None:
    command = f"$MAILSPEC explain {spec} alice"
    assert "├── mail to it\n" in shell(command, PYTHONIOENCODING="utf-8").stdout
    assert "+-- mail to it\n" in shell(command, PYTHONIOENCODING="ascii").stdout


def test_schema_of_every_kind_of_file_is_written(spec: str) -> None:
    assert mailspec("schema", "--out", "schemas") == ("", "")
    assert json.loads(Path("schemas/lists.json").read_text()) == json.loads(mailspec("schema", "--part", "lists")[0])
    assert Path("schemas/mail.json").read_text() == Path(spec, ".schema/mail.json").read_text()


def test_schema_accepts_the_spec_of_init(spec: str) -> None:
    schema = json.loads(mailspec("schema")[0])
    jsonschema.Draft7Validator.check_schema(schema)
    data = json.loads(json.dumps(Source(Path(spec)).data, default=lambda secret: secret.name))
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"colour": "red"}, schema)


def test_every_key_of_the_schema_is_described() -> None:
    schema = json.loads(mailspec("schema")[0])
    parts = [schema, *schema["definitions"].values()]
    assert [
        key for part in parts for key, field in part.get("properties", {}).items() if "description" not in field
    ] == []


def test_bug_of_ours_is_3_and_shows_no_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_arguments: object) -> None:
        raise KeyError("hunter2")

    monkeypatch.setattr("mailspec.load.Source", broken)
    assert cli.run(["validate", "x"]) == 3
    err = capsys.readouterr().err
    assert "KeyError" in err
    assert "MAILSPEC_DEBUG=1" in err
    assert "hunter2" not in err
    monkeypatch.setenv("MAILSPEC_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.run(["validate", "x"])


def test_module_runs_like_the_program() -> None:
    done = shell("$MAILSPEC validate nothing")
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)


@pytest.mark.parametrize(
    ("command", "code"), [("$MAILSPEC dns first > /dev/full", 1), ("$MAILSPEC dns first | head -1", 0)]
)
@pytest.mark.usefixtures("spec")
def test_full_disk_and_closed_pipe_are_no_bugs(command: str, code: int) -> None:
    done = shell(command)
    assert (done.returncode, "Traceback" in done.stderr, "bug" in done.stderr) == (code, False, False)


def test_colour_needs_a_terminal_without_no_color(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    cli.run(["validate", "nothing"])
    assert "\x1b[" in capsys.readouterr().err
    monkeypatch.setenv("NO_COLOR", "1")
    cli.run(["validate", "nothing"])
    assert "\x1b[" not in capsys.readouterr().err


def test_terminal_without_utf_8_is_no_bug(spec: str) -> None:
    Path(spec, "mail.yml").write_text("mailspec: Grün\n", encoding="utf-8")
    done = shell(f"$MAILSPEC validate {spec}", PYTHONIOENCODING="ascii:strict")
    assert (done.returncode, "can not be `Gr" in done.stderr) == (1, True)
