"""Running the playbooks against a closed network, as a user does, and looking at what they leave."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..render import TEMPLATES

PROJECT = TEMPLATES.parent
LONGEST = 300
"""The seconds one run may take."""


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
    """The environment of a run: the check of a scenario must be clean, those of a test find changes."""
    return {name: value for name, value in os.environ.items() if name != "ANSIBLE_CALLBACKS_ENABLED"} | more


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
