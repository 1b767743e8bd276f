"""Whatever ends a run, the server is on its old or on its new generation, mail flows, and the next run converges."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import (
    PROJECT,
    begin,
    converge,
    environment,
    eventually,
    folder,
    in_the_way,
    kill,
    play,
    ssh_config,
)
from mailspec.cases.variant import variant
from mailspec.load import load
from mailspec.render import TEMPLATES

SPEC = load(folder())
SERVER = min(SPEC.servers)
POSTMASTER = SPEC.address(SPEC.postmaster)
STATE = "/var/lib/mailspec"
CALLBACKS = f"{PROJECT}/mailspec/ansible/callback:{PROJECT}/molecule/shared/callback"
BUSY = 75


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Path]:
    """A spec that changes Postfix and a row; the server goes back to the real one afterwards."""
    extra = {"members": [POSTMASTER], "post": "anyone"}
    spec = variant(folder(), tmp_path / "spec", {("limits", "recipients"): 177, ("lists", "zz-extra"): extra})
    yield spec
    converge()


def generation(machine: Any) -> str:
    return str(machine.check_output(f"readlink {STATE}/generations/current"))


def mail_flows(machine: Any, seconds: float = 5) -> None:
    """A message given to Postfix is in the postmaster's mailbox, soon."""
    token = f"token{time.time_ns()}"
    text = f"From: root\nTo: {POSTMASTER}\nSubject: {token}\n\n{token}\n"
    machine.check_output(f"printf '{text}' | sendmail -f root {POSTMASTER}")
    search = f"doveadm search -u {POSTMASTER} mailbox '*' subject {token}"
    eventually(lambda: bool(machine.check_output(search)), f"{token} did not arrive", seconds)


def is_old_or_new(machine: Any) -> None:
    """Files and rows are both of the current generation, and nothing is left beside them."""
    current = f"{STATE}/generations/current"
    eventually(
        lambda: machine.run(f"ls {STATE}/journal.json {STATE}/unconfirmed.json").stdout == "", "a journal is left"
    )
    assert machine.check_output("find /etc -name '.*.mailspec*'") == ""
    machine.check_output(f"cmp {current}/files/etc/postfix/main.cf /etc/postfix/main.cf")
    limit = machine.check_output("postconf -h smtpd_recipient_limit")
    query = f"postmap -q zz-extra@{POSTMASTER.partition('@')[2]} sqlite:/etc/postfix/sqlite/routes.cf"
    assert (limit == "177") == (machine.run(query).rc == 0)


def test_a_controller_killed_at_any_task_border_leaves_old_or_new(machine: Any, changed: Path, tmp_path: Path) -> None:
    told = tmp_path / "tasks"
    env = environment(ANSIBLE_CALLBACK_PLUGINS=CALLBACKS, MAILSPEC_TASKS=str(told))
    assert play("site.yml", "--check", spec=changed, env=env).returncode == 0
    tasks = int(told.read_text())
    assert tasks >= 6
    for number in range(1, tasks + 1):
        done = play("site.yml", spec=changed, env=env | {"MAILSPEC_KILL_AT": str(number)})
        assert done.returncode == -9, done.stdout[-2000:]
        mail_flows(machine)
        is_old_or_new(machine)
    converge(spec=changed)
    assert machine.check_output("postconf -h smtpd_recipient_limit") == "177"


def test_a_controller_killed_in_a_switch_leaves_it_to_the_server(machine: Any, changed: Path) -> None:
    before = generation(machine)
    with in_the_way(machine):
        run = begin("site.yml", spec=changed)
        eventually(lambda: machine.run(f"ls {STATE}/journal.json").rc == 0, "the switch did not begin", 240)
        kill(run.pid)
        run.communicate()
        assert generation(machine) == before
    eventually(lambda: generation(machine) != before, "the switch did not end")
    mail_flows(machine)
    is_old_or_new(machine)
    assert "changed=0" in converge(spec=changed)


def test_a_target_that_reboots_in_a_switch_comes_up_with_what_it_had(machine: Any, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    master = templates / "common/etc/postfix/master.cf.j2"
    port = "\n127.0.0.1:2465 inet n - y - - smtpd\nsubmissions "
    master.write_text(master.read_text().replace("\nsubmissions ", port, 1))
    before = generation(machine)
    lab = json.loads(Path(os.environ["MAILSPEC_LAB"]).read_text())
    container = next(entry["container"] for entry in lab["containers"] if entry["host"] == SERVER)
    with in_the_way(machine):
        run = begin("site.yml", f"--extra-vars=mailspec_templates={templates}")
        eventually(lambda: machine.socket("tcp://127.0.0.1:2465").is_listening, "the switch did not begin", 240)
        podman = str(PROJECT / "molecule/shared/podman")
        subprocess.run([podman, "restart", "--time=0", container], check=True, capture_output=True)
        said = run.communicate(timeout=120)[0]
        assert re.search(r"error\[(unreachable|cut-off)\]", said), said[-2000:]
        assert "Traceback" not in said
        eventually(lambda: is_up(machine), "it did not boot", 120)
    assert machine.check_output("systemctl is-active mailspec-undo nftables") == "active\nactive"
    assert generation(machine) == before
    assert machine.run("grep -q :2465 /etc/postfix/master.cf").rc == 1
    is_old_or_new(machine)
    mail_flows(machine, 30)
    assert "changed=0" in converge()


def is_up(machine: Any) -> bool:
    try:
        return bool(machine.run("systemctl is-system-running --wait").stdout.strip() == "running")
    except RuntimeError:  # ssh does not reach it yet
        return False


@contextmanager
def mounted(machine: Any, path: str, mount: str, fill: str = "") -> Iterator[None]:
    """Lay a file system with the same content over a directory."""
    machine.check_output(f"rm -rf /run/kept && cp -a {path} /run/kept")
    machine.check_output(f"{mount} && cp -a /run/kept/. {path}/ && {fill or 'true'}")
    try:
        yield
    finally:
        machine.check_output(f"umount --lazy {path}; rm -rf /run/kept")


FULL = "head -c 100M /dev/zero > {0}/filler 2> /dev/null; true"
BROKEN = {
    "the disk of the state is full": (STATE, "mount -t tmpfs -o size=64M,mode=750 none {0}", FULL, "disk-full"),
    "the disk of the configuration is full": (
        "/etc/postfix",
        "mount -t tmpfs -o size=300k,mode=755 none {0}",
        FULL,
        "disk-full",
    ),
    "the configuration is read-only": (
        "/etc/postfix",
        "mount --bind {0} {0}",
        "mount -o remount,ro,bind {0}",
        "read-only",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_disk_that_takes_nothing_leaves_the_old_generation(fault: str, machine: Any, changed: Path) -> None:
    path, mount, fill, name = BROKEN[fault]
    before = generation(machine)
    with mounted(machine, path, mount.format(path), fill.format(path)):
        done = play("site.yml", spec=changed)
        said = re.sub(r"\s+", " ", done.stdout + done.stderr)
        assert done.returncode == 2, said
        assert f"error[{name}]" in said, said[-3000:]
        assert "nothing is changed" in said or path == STATE
        assert "Traceback" not in said
        mail_flows(machine)
    assert generation(machine) == before
    is_old_or_new(machine)
    assert machine.check_output("postconf -h smtpd_recipient_limit") != "177"
    converge(spec=changed)
    mail_flows(machine)


def test_a_lock_of_apt_is_waited_for_and_its_holder_is_named(machine: Any) -> None:
    status = "/var/lib/dpkg/status"
    machine.check_output(f"cp -a {status} /run/status")
    awk = (
        '/^Package: dns-root-data$/{hit=1} hit && /^Status:/{print "Status: deinstall ok config-files"; hit=0; next} 1'
    )
    holder = (
        "import fcntl, time; f = open('/var/lib/apt/lists/lock', 'w'); fcntl.lockf(f, fcntl.LOCK_EX); time.sleep(90)"
    )
    machine.check_output(f"awk '{awk}' /run/status > {status}")
    machine.check_output(f'mkdir -p /var/lib/apt/lists; nohup python3 -c "{holder}" > /dev/null 2>&1 &')
    try:
        done = play("site.yml", "-e", "mailspec_lock_timeout=1")
        said = re.sub(r"\s+", " ", done.stdout + done.stderr)
        assert done.returncode == 2
        assert re.search(r"It is held by process \d+ \(python3\)", said), said
        assert "Traceback" not in said
    finally:
        machine.run("pkill --full lists/lock")
        machine.check_output(f"cp -a /run/status {status}")
    assert "changed=0" in converge()


def test_of_two_runs_at_once_one_wins_and_the_other_says_so(machine: Any, changed: Path) -> None:
    for spec in (changed, folder(), changed):
        runs = [begin("site.yml", spec=spec) for _ in range(2)]
        said = [run.communicate(timeout=240)[0] for run in runs]
        codes = sorted(run.returncode for run in runs)
        assert codes == [0, BUSY], "\n".join(said)
        loser = said[[run.returncode for run in runs].index(BUSY)]
        assert "error[busy]" in loser
        assert "works on this server since" in loser or "another run is just changing" in loser
        is_old_or_new(machine)
    assert machine.check_output("postconf -h smtpd_recipient_limit") == "177"
    mail_flows(machine)
