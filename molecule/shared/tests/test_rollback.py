"""A server goes back to an earlier generation: files, rows and services, but not mail."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import PROJECT, converge, environment, eventually, folder, play, ssh_config
from mailspec.cases.variant import variant
from mailspec.load import load

SPEC = load(folder())
SERVER = min(SPEC.servers)
POSTMASTER = SPEC.address(SPEC.postmaster)
DOMAIN = POSTMASTER.partition("@")[2]
QUERY = f"postmap -q zz-extra@{DOMAIN} sqlite:/etc/postfix/sqlite/routes.cf"


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Path]:
    """A spec with one more list and another limit; the server goes back to the real one afterwards."""
    extra = {"members": [POSTMASTER], "post": "anyone"}
    spec = variant(folder(), tmp_path / "spec", {("limits", "recipients"): 177, ("lists", "zz-extra"): extra})
    yield spec
    converge()


def generations(*options: str) -> Any:
    argv = [str(PROJECT / ".venv/bin/mailspec"), "generations", str(folder()), *options]
    done = subprocess.run(argv, env=environment(), text=True, capture_output=True, check=True, timeout=60)
    return done.stdout


def deliver(machine: Any) -> str:
    """Deliver a message, and wait until it is there; how to find it again."""
    token = f"token{time.time_ns()}"
    text = f"From: root\nTo: {POSTMASTER}\nSubject: {token}\n\n{token}\n"
    machine.check_output(f"printf '{text}' | sendmail -f root {POSTMASTER}")
    search = f"doveadm search -u {POSTMASTER} mailbox '*' subject {token}"
    eventually(lambda: bool(machine.check_output(search)), f"{token} did not arrive")
    return search


def test_a_rollback_brings_back_what_was_and_keeps_mail(machine: Any, changed: Path) -> None:
    converge()
    before = json.loads(generations("--json"))[SERVER][0]["id"]
    limit = machine.check_output("postconf -h smtpd_recipient_limit")
    converge(spec=changed)
    assert machine.check_output("postconf -h smtpd_recipient_limit") == "177"
    search = deliver(machine)

    listed = json.loads(generations("--json"))[SERVER]
    assert [(entry["id"], entry["current"], entry["reason"]) for entry in listed[:2]] == [
        (before + 1, True, "apply"),
        (before, False, listed[1]["reason"]),
    ]
    assert listed[0]["files"] == [0, 1, 0]
    difference = generations("--diff", str(before), str(before + 1), "--server", SERVER)
    assert re.search(r"^\+smtpd_recipient_limit = 177$", difference, re.MULTILINE)
    assert "rows: route +1" in difference

    checked = play("playbooks/rollback.yml", "--check", "--diff")
    assert "-smtpd_recipient_limit = 177" in checked.stdout
    assert "rows of route: +0 ~0 -1" in checked.stdout
    assert machine.check_output("postconf -h smtpd_recipient_limit") == "177"
    assert machine.run("ls -d /run/mailspec-[cs]*").rc != 0

    started = time.monotonic()
    done = play("playbooks/rollback.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert time.monotonic() - started < 30
    assert machine.check_output("postconf -h smtpd_recipient_limit") == limit
    assert machine.run(QUERY).rc == 1
    assert machine.check_output(search)
    deliver(machine)

    again = converge(spec=changed)
    assert f"a rollback to {before} by" in re.sub(r"\s+", " ", again)
    assert machine.check_output(QUERY) == POSTMASTER
    assert "changed=0" in converge(spec=changed)


def test_a_rollback_to_any_kept_generation_replaces_edits_and_keeps_them(machine: Any) -> None:
    converge()
    oldest = json.loads(generations("--json"))[SERVER][-2]["id"]  # the very oldest goes when a new one comes
    machine.check_output("echo '# by hand' >> /etc/postfix/main.cf")
    done = play("playbooks/rollback.yml", "-e", f"mailspec_generation={oldest}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.run("grep -q 'by hand' /etc/postfix/main.cf").rc == 1
    kept = "/var/lib/mailspec/generations/current/replaced/etc/postfix/main.cf"
    assert machine.check_output(f"tail -1 {kept}") == "# by hand"
    newest = json.loads(generations("--json"))[SERVER][0]
    assert newest["reason"] == f"rollback to {oldest}"
    same = generations("--diff", str(oldest), str(newest["id"]))
    assert same == f"{SERVER}: generations {oldest} and {newest['id']} are equal\n"
    converge()
    deliver(machine)


def test_a_generation_that_is_not_kept_is_refused_with_those_that_are(machine: Any) -> None:
    before = machine.check_output("readlink /var/lib/mailspec/generations/current")
    done = play("playbooks/rollback.yml", "-e", "mailspec_generation=999999")
    assert done.returncode == 2
    assert "error[no-generation]: generation 999999 is not kept here" in done.stdout + done.stderr
    assert machine.check_output("readlink /var/lib/mailspec/generations/current") == before


def test_only_the_last_generations_are_kept_and_nobody_else_reads_them(machine: Any, changed: Path) -> None:
    text = (changed / "mail.yml").read_text()
    (changed / "mail.yml").write_text(text.replace("    os: ", "    generations: 2\n    os: ", 1))
    converge(spec=changed)
    listed = json.loads(generations("--json"))[SERVER]
    assert len(listed) == 2
    folder = "/var/lib/mailspec/generations"
    assert machine.check_output(f"stat -c %a {folder}") == "700"
    assert machine.check_output(f"stat -c %a {folder}/current/rows.json {folder}/current/manifest.json") == "600\n600"
    # what did not change is there once
    assert int(machine.check_output(f"stat -L -c %h {folder}/current/files/etc/postfix/master.cf")) > 1
