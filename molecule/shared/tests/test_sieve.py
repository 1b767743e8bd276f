"""Scripts and answers of the spec on a real server: what compiles, what stops, in which order mail passes them."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import PROJECT
from mailspec.edit import accounts, vacation
from mailspec.edit.draft import Draft
from mailspec.load import load
from mailspec.model.vacation import Vacation
from mailspec.vacation import script

FOLDER = Path(os.environ["MAILSPEC_SPEC"])
SSH = json.loads(Path(os.environ["MAILSPEC_LAB"]).read_text())["ssh_config"]
SPEC = load(FOLDER)
LOGIN = SPEC.address(SPEC.postmaster)
NAME = next(name for name in SPEC.accounts if SPEC.address(name) == LOGIN)
DOMAIN = LOGIN.partition("@")[2]
FILE = 'require ["fileinto", "mailbox"];\nif header :contains "subject" "{0}" {{ fileinto :create "{0}"; }}\n'
TEXTS = (
    'Bin "weg" \\ ${x} ${hex:22} {{ y }} %{z} $u\n.\n..\ntext:\n.\n; keep;\n# */ /* — Zoë 名前\n"; discard; "',
    "\\",
    '"',
)


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{min(SPEC.servers)}", ssh_config=SSH)


@pytest.fixture
def spec(tmp_path: Path) -> Iterator[Path]:
    """A copy of the spec to change; the server goes back to the real one afterwards."""
    yield Path(shutil.copytree(FOLDER, tmp_path / "spec"))
    assert apply(FOLDER).returncode == 0


def apply(folder: Path) -> subprocess.CompletedProcess[str]:
    argv = [str(PROJECT / ".venv/bin/ansible-playbook"), "-i", str(folder), "site.yml"]
    # the check of a scenario must be clean, those of these tests find changes
    env = {name: value for name, value in os.environ.items() if name != "ANSIBLE_CALLBACKS_ENABLED"}
    return subprocess.run(argv, cwd=PROJECT, env=env, text=True, capture_output=True, check=False, timeout=300)


def sort_by(folder: Path, name: str, text: str) -> None:
    """Let a script sort the mail of the postmaster, and another one that of the whole domain."""
    for file, content in ((name, text), ("company", FILE.format("company"))):
        (folder / "sieve").mkdir(exist_ok=True)
        (folder / "sieve" / f"{file}.sieve").write_text(content)
    draft = Draft(folder)
    accounts.change(draft, NAME, {"sieve": f"sieve/{name}.sieve"})
    draft.put(("domains", DOMAIN, "sieve"), "sieve/company.sieve")
    draft.save()


def deliver(machine: Any, subject: str) -> str:
    """Give a message to Postfix; returns the folder it is filed in."""
    token = f"token{time.time_ns()}"
    text = f"From: root\nTo: {LOGIN}\nSubject: {subject} {token}\n\n{token}\n"
    machine.check_output(f"printf '{text}' | sendmail -f root {LOGIN}")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = machine.check_output(f"doveadm fetch -u {LOGIN} mailbox mailbox '*' subject {token}")
        if found:
            return str(found).partition(": ")[2].strip()
        time.sleep(0.3)
    raise AssertionError(f"{token} did not arrive")


@pytest.mark.parametrize("text", TEXTS)
def test_any_answer_compiles(machine: Any, text: str) -> None:
    answer = Vacation(text=text, subject='So "far"; \\\\', days=1)
    source = script(SPEC, LOGIN, SPEC.mailboxes[LOGIN], answer)
    quoted = source.replace("'", "'\\''")
    machine.check_output(f"d=$(mktemp -d) && printf %s '{quoted}' > $d/a.sieve && sievec $d/a.sieve && rm -r $d")


def test_a_script_that_does_not_compile_stops_at_its_own_line(machine: Any, spec: Path) -> None:
    before = machine.check_output("readlink /var/lib/mailspec/generations/current")
    sort_by(spec, "broken", 'require "fileinto";\n\nfileinto "a";\nreject "b";\n')
    done = apply(spec)
    assert done.returncode == 2
    assert "sieve/broken.sieve:4:1: error[check]" in done.stdout + done.stderr, done.stdout[-3000:]
    assert machine.check_output("readlink /var/lib/mailspec/generations/current") == before


def test_an_answer_reloads_nothing(machine: Any, spec: Path) -> None:
    reloads = "journalctl --unit dovecot --grep SIGHUP --output cat | wc -l; systemctl show --property MainPID dovecot"
    before = machine.check_output(reloads)
    draft = Draft(spec)
    vacation.set_answer(draft, NAME, {"text": TEXTS[0], "until": "2099-12-31"})
    draft.save()
    done = apply(spec)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert machine.check_output(reloads) == before


def test_mail_passes_the_domain_then_the_account_then_the_user(machine: Any, spec: Path) -> None:
    own = FILE.format("own").replace("{ fileinto", "{ # mine\nfileinto")
    machine.check_output(f"printf %s '{own}' > /tmp/own.sieve && doveadm sieve put -u {LOGIN} -a own /tmp/own.sieve")
    try:
        sort_by(spec, "account", FILE.format("account"))
        company = spec / "sieve/company.sieve"
        # the messages of the canary are to somebody else, and must pass all the same
        company.write_text(f'{company.read_text()}if not header :contains "to" "{LOGIN}" {{ discard; }}\n')
        done = apply(spec)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr
        subjects = ("company account own", "account own", "own", "other")
        assert [deliver(machine, subject) for subject in subjects] == ["company", "account", "own", "INBOX"]
        assert own.strip() in machine.check_output(f"doveadm sieve get -u {LOGIN} own")
        assert apply(FOLDER).returncode == 0
        assert deliver(machine, "company account own") == "own"
        assert machine.run(f"ls /etc/dovecot/sieve/*/{LOGIN}.*").rc != 0
    finally:
        machine.check_output(
            f"doveadm sieve deactivate -u {LOGIN}; doveadm sieve delete -u {LOGIN} own; rm /tmp/own.sieve"
        )
