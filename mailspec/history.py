"""The generations of the servers of a spec, asked over Ansible; see `playbooks/generations.yml`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .load import load
from .problem import Place, Problem, SpecError

_PROJECT = Path(__file__).parent.parent


def history(spec: Path, *, server: str = "", pair: tuple[int, int] | None = None) -> dict[str, Any]:
    """The generations of each server, newest first, or what differs between a pair of them.

    Raises SpecError when a server is not in the spec, or when none answers; `error` is what one says that fails.
    """
    servers = load(spec, complete=False).servers
    if server and server not in servers:
        hint = f"the spec has {', '.join(sorted(servers))}"
        raise SpecError.at(spec, "no-server", f"there is no server `{server}`", hint)
    with tempfile.TemporaryDirectory(prefix="mailspec-") as folder:
        said = _ask(spec, server, {"mailspec_answers": folder, **_asked(pair)})
        answers = {name: _answer(Path(folder, f"{name}.json")) for name in sorted(servers) if server in {"", name}}
    lacking = [name for name, answer in answers.items() if answer is None]
    if lacking:
        hint = "see what `ansible-playbook -i SPEC playbooks/generations.yml` says"
        raise SpecError([Problem(Place(name), "no-answer", _last(said), hint) for name in lacking])
    return answers


def _asked(pair: tuple[int, int] | None) -> dict[str, int]:
    return {"mailspec_before": pair[0], "mailspec_after": pair[1]} if pair else {}


def _ask(spec: Path, server: str, variables: dict[str, Any]) -> str:
    """Run the playbook; returns what it said."""
    program = Path(sys.executable).with_name("ansible-playbook")
    folder = spec if spec.is_dir() else spec.parent
    argv = [str(program), "-i", str(folder.resolve()), f"--extra-vars={json.dumps(variables)}"]
    argv += [f"--limit={server}"] if server else []
    environment = {"ANSIBLE_CONFIG": str(_PROJECT / "ansible.cfg"), **os.environ, "ANSIBLE_NOCOLOR": "1"}
    argv.append(str(_PROJECT / "playbooks/generations.yml"))
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    return done.stderr.strip() or done.stdout.strip()


def _answer(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "the playbook ended without a word"
