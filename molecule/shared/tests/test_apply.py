"""An apply ends on the new generation or on the old one; these break it on purpose."""

import json
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import in_the_way
from mailspec.keys import certificate
from mailspec.load import load
from mailspec.render import TEMPLATES
from mailspec.secrets import CA_KEY, Vault

PROJECT = TEMPLATES.parent
FOLDER = Path(os.environ["MAILSPEC_SPEC"])
SSH = json.loads(Path(os.environ["MAILSPEC_LAB"]).read_text())["ssh_config"]
SPEC = load(FOLDER)
SERVER = min(SPEC.servers)
RELEASE = SPEC.servers[SERVER].os.value
POSTMASTER = SPEC.address(SPEC.postmaster)
JOURNAL = "/var/lib/mailspec/journal.json"
DOMAIN = POSTMASTER.partition("@")[2]


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=SSH)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


@pytest.fixture
def spec(tmp_path: Path) -> Iterator[Path]:
    """A copy of the spec to change; the server goes back to the real one afterwards."""
    yield Path(shutil.copytree(FOLDER, tmp_path / "spec"))
    assert succeeds()


def command(folder: Path, templates: Path, options: tuple[str, ...]) -> list[str]:
    extra = [f"--extra-vars=mailspec_templates={templates}"] if templates != TEMPLATES else []
    return [str(PROJECT / ".venv/bin/ansible-playbook"), "-i", str(folder), *extra, *options, "site.yml"]


def apply(*options: str, folder: Path = FOLDER, templates: Path = TEMPLATES) -> subprocess.CompletedProcess[str]:
    argv = command(folder, templates, options)
    # the check of a scenario must be clean, those of these tests find changes
    env = {name: value for name, value in os.environ.items() if name != "ANSIBLE_CALLBACKS_ENABLED"}
    return subprocess.run(argv, cwd=PROJECT, env=env, text=True, capture_output=True, check=False, timeout=300)


def succeeds(folder: Path = FOLDER, templates: Path = TEMPLATES) -> bool:
    """Apply; what went wrong is the message of the test."""
    done = apply(folder=folder, templates=templates)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return True


def change(file: Path, old: str, new: str) -> int:
    """Replace the first mention of a text; returns its line."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def state(machine: Any) -> tuple[str, str]:
    """The current generation and the processes of the services."""
    units = "dovecot postfix rspamd unbound valkey-server redis-server"
    return (
        machine.check_output("readlink /var/lib/mailspec/generations/current"),
        machine.check_output(f"systemctl show --property=Id,MainPID,ExecMainStartTimestampMonotonic {units}"),
    )


def eventually(true: Callable[[], bool], what: str, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.3)


def mail_flows(machine: Any) -> None:
    """A message given to Postfix is in the postmaster's mailbox."""
    token = f"token{time.time_ns()}"
    text = f"From: root\nTo: {POSTMASTER}\nSubject: {token}\n\n{token}\n"
    machine.check_output(f"printf '{text}' | sendmail -f root {POSTMASTER}")
    search = f"doveadm search -u {POSTMASTER} mailbox '*' subject {token}"
    eventually(lambda: bool(machine.check_output(search)), f"{token} did not arrive")


def test_a_broken_template_stops_a_check_too_and_leaves_nothing_behind(machine: Any, templates: Path) -> None:
    change(templates / "common/etc/postfix/main.cf.j2", "smtpd_helo_required", "smtpd_helo_requird")
    assert apply("--check", templates=templates).returncode == 2
    assert machine.run("ls -d /run/mailspec-[cs]*").rc != 0


@contextmanager
def never_well(machine: Any, templates: Path) -> Iterator[None]:
    """A new generation that a canary proves, on a server where something else is in its way."""
    one_port_more = "\n127.0.0.1:2465 inet n - y - - smtpd\nsubmissions "
    change(templates / "common/etc/postfix/master.cf.j2", "\nsubmissions ", one_port_more)
    with in_the_way(machine):
        yield


def test_a_service_that_does_not_answer_brings_the_old_generation_back(machine: Any, templates: Path) -> None:
    before = state(machine)[0]
    with never_well(machine, templates):
        done = apply(templates=templates)
    assert done.returncode == 2
    assert "the old one is back: postfix does not answer at 465" in done.stdout + done.stderr, done.stdout[-3000:]
    assert state(machine)[0] == before
    assert "changed=0" in apply().stdout
    mail_flows(machine)


def test_one_alias_more_touches_no_process(machine: Any, spec: Path) -> None:
    before = state(machine)[1]
    (spec / "lists").mkdir(exist_ok=True)
    (spec / "lists/zz-extra.yml").write_text(f"zz-extra: {{members: [{POSTMASTER}], post: anyone}}\n")
    checked = apply("--check", "--diff", folder=spec)
    done = apply("--diff", folder=spec)
    line = f"+zz-extra@{DOMAIN}\t{POSTMASTER}"
    assert done.returncode == 0
    assert line in checked.stdout
    assert line in done.stdout
    assert state(machine)[1] == before
    query = f"postmap -q zz-extra@{DOMAIN} sqlite:/etc/postfix/sqlite/routes.cf"
    assert machine.check_output(query) == POSTMASTER
    assert succeeds()
    assert machine.run(query).rc == 1


def test_a_new_certificate_is_served_on_every_port_and_no_process_restarts(machine: Any, spec: Path) -> None:
    vault = Vault.open(spec)
    chain, key = certificate(SERVER, (spec / "tls/ca.pem").read_text(), vault.get(CA_KEY))
    (spec / f"tls/{SERVER}.pem").write_text(chain)
    vault.set(f"tls/{SERVER}", key)
    vault.save()
    before = state(machine)[1]
    assert succeeds(folder=spec)
    assert state(machine)[1] == before
    wanted = ssl.PEM_cert_to_DER_cert(chain)
    host = str(SPEC.servers[SERVER].addresses[0])
    for port in (465, 993, 995):
        assert ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((host, port), timeout=30)) == wanted


def test_a_file_that_left_the_tree_is_removed(machine: Any, templates: Path) -> None:
    (templates / "common/etc/postfix/extra.j2").write_text("{# service: postfix #}\n{{ banner }}\n")
    assert succeeds(templates=templates)
    assert machine.file("/etc/postfix/extra").exists
    done = apply("--diff")
    assert "/etc/postfix/extra (removed)" in done.stdout
    assert not machine.file("/etc/postfix/extra").exists


def kill_in_the_middle(machine: Any, templates: Path, *, and_its_watch: bool) -> None:
    """Start a switch to a generation that never gets well, and kill it on the server while it waits."""
    argv, silent = command(FOLDER, templates, ()), subprocess.DEVNULL
    with never_well(machine, templates), subprocess.Popen(argv, cwd=PROJECT, stdout=silent, stderr=silent) as run:
        eventually(lambda: machine.socket("tcp://127.0.0.1:2465").is_listening, "the switch did not begin", 240)
        if and_its_watch:
            machine.check_output("systemctl kill --signal=KILL 'mailspec-watch-*'")
        # With pipelining the module is a nameless python3 that reads its program from the connection.
        machine.run("pkill --signal KILL --full 'python3$'")
        run.wait(timeout=120)
    assert machine.file(JOURNAL).exists or not and_its_watch


def test_a_switch_that_dies_is_undone_at_once(machine: Any, templates: Path) -> None:
    before = state(machine)[0]
    kill_in_the_middle(machine, templates, and_its_watch=False)
    eventually(lambda: not machine.file(JOURNAL).exists, "the watch did not go back")
    assert machine.run("grep -q :2465 /etc/postfix/master.cf").rc == 1
    assert state(machine)[0] == before
    mail_flows(machine)


def test_a_switch_that_dies_is_undone_at_boot(machine: Any, templates: Path) -> None:
    kill_in_the_middle(machine, templates, and_its_watch=True)
    machine.check_output("systemctl restart mailspec-undo.service")
    assert not machine.file(JOURNAL).exists
    assert machine.run("grep -q :2465 /etc/postfix/master.cf").rc == 1
    machine.check_output("systemctl restart postfix")
    mail_flows(machine)


def test_a_switch_that_dies_is_undone_by_the_next_run(machine: Any, templates: Path) -> None:
    kill_in_the_middle(machine, templates, and_its_watch=True)
    assert succeeds()
    assert not machine.file(JOURNAL).exists
    assert machine.run("grep -q :2465 /etc/postfix/master.cf").rc == 1
    mail_flows(machine)


WRITER = """
import os, signal, sqlite3
database = sqlite3.connect('/var/lib/mailspec/lookup/lookup.db', isolation_level=None)
database.execute('PRAGMA cache_size = 1')
database.execute('BEGIN IMMEDIATE')
database.execute('DELETE FROM route')
database.executemany('INSERT INTO route VALUES (?, ?)', ((str(i), 'x' * 900) for i in range(3000)))
os.kill(os.getpid(), signal.SIGKILL)
"""
READER = """
import sqlite3
database = sqlite3.connect('file:/var/lib/mailspec/lookup/lookup.db?mode=ro', uri=True)
print(database.execute('SELECT count(*) FROM route').fetchone()[0])
"""


def test_a_writer_of_rows_that_dies_leaves_the_old_rows_and_mail_flows(machine: Any) -> None:
    before = machine.check_output("python3 -c %s", READER)
    machine.check_output("python3 -c %s; test $? -eq 137", WRITER)
    machine.check_output("systemctl restart mailspec dovecot rspamd postfix")
    assert machine.check_output("python3 -c %s", READER) == before
    eventually(lambda: machine.socket("tcp://127.0.0.1:11332").is_listening, "Rspamd did not come back")
    mail_flows(machine)
    assert "changed=0" in apply().stdout


def test_a_second_run_changes_nothing_and_touches_no_process(machine: Any) -> None:
    assert succeeds()
    before = state(machine)
    done = apply()
    assert re.search(r"changed=0 .*failed=0", done.stdout)
    assert state(machine) == before
