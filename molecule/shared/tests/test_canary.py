"""A canary is a guest that nobody notices: not the live services, and not when it is killed."""

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.gate import Lab
from mailspec.render import TEMPLATES

ROOMS = "lsns --type=pid --noheadings --output=NS | wc -l"
LIVE = "systemctl show --property=Id,MainPID dovecot postfix rspamd unbound valkey-server redis-server"
MARK = "harmless mark"


@pytest.fixture(scope="module")
def lab() -> Lab:
    return Lab.given()


@pytest.fixture
def machine(lab: Lab) -> Any:
    return testinfra.get_host(f"ssh://{lab.ssh[-1]}", ssh_config=lab.ssh[2])


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Templates that differ by a comment, so that a canary has something to prove."""
    folder = tmp_path / "templates"
    subprocess.run(["cp", "--archive", TEMPLATES, folder], check=True)
    with (folder / "common/etc/rspamd/local.d/neural.conf.j2").open("a") as file:
        file.write(f"\n# {MARK}\n")
    return folder


def test_a_canary_leaves_no_trace(lab: Lab, machine: Any, templates: Path) -> None:
    live, rooms = machine.check_output(LIVE), machine.check_output(ROOMS)
    done = lab.apply(templates, "--check")
    assert done.returncode == 0, done.stdout
    assert "Prove the staged tree in a canary" in done.stdout
    assert machine.check_output(LIVE) == live
    assert machine.check_output(ROOMS) == rooms
    assert machine.run("journalctl --no-pager | grep 'canary@'").stdout == ""
    assert machine.run("find /var/vmail /var/spool/postfix -name '*canary*'").stdout == ""
    assert machine.run(f"grep -r '{MARK}' /etc/rspamd/local.d").rc == 1


def test_a_canary_that_is_killed_leaves_nothing(lab: Lab, machine: Any, templates: Path) -> None:
    live, rooms = machine.check_output(LIVE), machine.check_output(ROOMS)
    argv = lab.command(templates, "--check")
    with subprocess.Popen(argv, cwd=TEMPLATES.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        deadline = time.monotonic() + 60
        while machine.check_output(ROOMS) == rooms:
            assert time.monotonic() < deadline, "no canary began"
            time.sleep(0.1)
        # With pipelining the module is a nameless python3 that reads its program from the connection.
        machine.run("pkill --signal KILL --full --oldest 'python3$'")
        run.wait(timeout=120)
    assert machine.check_output(ROOMS) == rooms
    assert machine.check_output(LIVE) == live


def test_the_live_rspamd_gets_the_patterns_that_a_canary_compiled(lab: Lab, machine: Any, templates: Path) -> None:
    patterns = "/var/lib/rspamd/*.hsmp"
    machine.check_output(f"rm --force {patterns}")
    machine.check_output("systemctl kill --kill-whom=main --signal=STOP rspamd")  # it compiles nothing meanwhile
    try:
        done = lab.apply(templates)
        assert done.returncode == 0, done.stdout
        assert machine.run(f"ls {patterns}").rc == 0
    finally:
        machine.check_output("systemctl kill --kill-whom=main --signal=CONT rspamd")
        assert lab.apply(TEMPLATES).returncode == 0
