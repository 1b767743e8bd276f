"""Running the playbooks against a closed network, as a user does, and looking at what they leave."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ..render import TEMPLATES

PROJECT = TEMPLATES.parent
LONGEST = 300
"""The seconds one run may take."""
NOT_FOR_RUNS = {"ANSIBLE_CALLBACKS_ENABLED", "ANSIBLE_FORCE_COLOR"}
"""What Molecule sets and runs of a test must not see: its check must be clean while theirs find changes, and with CI
set it asks for colours, which they would have to read around."""

GONE = "table inet in_the_way; delete table inet in_the_way"
IN_THE_WAY = f"""
{GONE}
table inet in_the_way {{ chain input {{ type filter hook input priority -10; iif lo tcp dport 465 drop; }}; }}
"""
"""A firewall rule that the canary, in a network of its own, does not see."""


def folder() -> Path:
    """The spec under test."""
    return Path(os.environ["MAILSPEC_SPEC"])


def ssh_config() -> str:
    """How to reach the hosts."""
    return str(json.loads(Path(os.environ["MAILSPEC_LAB"]).read_text(encoding="utf-8"))["ssh_config"])


def command(playbook: str, *options: str, spec: Path | None = None) -> list[str]:
    """The command line of a run."""
    return [str(PROJECT / ".venv/bin/ansible-playbook"), "-i", str(spec or folder()), *options, playbook]


def environment(**more: str) -> dict[str, str]:
    """The environment of a run."""
    return {name: value for name, value in os.environ.items() if name not in NOT_FOR_RUNS} | more


def play(
    playbook: str, *options: str, spec: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a playbook."""
    argv = command(playbook, *options, spec=spec)
    return subprocess.run(
        argv,
        cwd=PROJECT,
        env=env or environment(),
        text=True,
        errors="replace",
        capture_output=True,
        check=False,
        timeout=LONGEST,
    )


def converge(*options: str, spec: Path | None = None) -> str:
    """Run site.yml, which must succeed; what it said."""
    done = play("site.yml", *options, spec=spec)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return done.stdout + done.stderr


def eventually(true: Callable[[], Any], what: str, patience: float = 60) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


@contextmanager
def in_the_way(machine: Any) -> Iterator[None]:
    """Something on the server, not in the spec, that keeps a switch from getting well as long as it is there."""
    machine.check_output("printf %s | nft --file -", IN_THE_WAY)
    try:
        yield
    finally:
        machine.check_output("nft %s", GONE)


def begin(playbook: str, *options: str, spec: Path | None = None, env: dict[str, str] | None = None) -> Any:
    """Start a run that will not come to its end."""
    return subprocess.Popen(
        command(playbook, *options, spec=spec),
        cwd=PROJECT,
        env=env or environment(),
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def kill(process: int, number: signal.Signals = signal.SIGKILL) -> None:
    """End a process with everything it started, the process last: nobody is left to tidy up."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(status.parent.name))
    family = [process]
    for member in family:
        family += children.get(member, [])
    for member in reversed(family):
        with suppress(ProcessLookupError):
            os.kill(member, number)
