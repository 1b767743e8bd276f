"""Playbooks that a command runs on the servers of a spec, and what these answer."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .problem import Place, Problem, SpecError

_PROJECT = Path(__file__).parent.parent


def play(spec: Path, playbook: str, variables: dict[str, Any], *, server: str = "") -> str:
    """Run one of our playbooks; returns what it said. No variable may be a secret: others see the arguments."""
    program = Path(sys.executable).with_name("ansible-playbook")
    folder = spec if spec.is_dir() else spec.parent
    argv = [str(program), "-i", str(folder.resolve()), f"--extra-vars={json.dumps(variables)}"]
    argv += [f"--limit={server}"] if server else []
    environment = {"ANSIBLE_CONFIG": str(_PROJECT / "ansible.cfg"), **os.environ, "ANSIBLE_NOCOLOR": "1"}
    argv.append(str(_PROJECT / f"playbooks/{playbook}.yml"))
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    return done.stderr.strip() or done.stdout.strip()


def answers(folder: Path, servers: Iterable[str], playbook: str, said: str) -> dict[str, Any]:
    """What each server answered, in a file of the folder.

    Raises SpecError when one has not answered at all, with the last words of the playbook.
    """
    found = {name: _answer(folder / f"{name}.json") for name in servers}
    if lacking := [name for name, answer in found.items() if answer is None]:
        hint = f"see what `ansible-playbook -i SPEC playbooks/{playbook}.yml` says"
        raise SpecError([Problem(Place(name), "no-answer", _last(said), hint) for name in lacking])
    return found


def _answer(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "the playbook ended without a word"
