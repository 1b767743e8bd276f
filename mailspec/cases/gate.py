"""The gate before a switch, tried on a server in a closed network: what is applied, and what became of it."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ..load import load
from ..render import TEMPLATES
from .fault import Fault
from .playbook import PROJECT, environment

CORPUS = PROJECT / "tests/faults"
_UNITS = "dovecot postfix postsrsd rspamd unbound valkey-server redis-server mailspec"
_STATE = f"""\
readlink /var/lib/mailspec/generations/current
systemctl show --property=Id,MainPID,ExecMainStartTimestampMonotonic {_UNITS}
ls -d /run/mailspec-check-* /run/mailspec-stage-* 2>/dev/null
"""


@dataclass
class Lab:
    """A server that is as its spec says."""

    folder: Path
    ssh: list[str]
    release: str

    @classmethod
    def given(cls) -> "Lab":
        """The lab the environment names."""
        folder = Path(os.environ["MAILSPEC_SPEC"])
        spec = load(folder)
        server = min(spec.servers)
        config = json.loads(Path(os.environ["MAILSPEC_LAB"]).read_text(encoding="utf-8"))["ssh_config"]
        return cls(folder, ["ssh", "-F", config, server], spec.servers[server].os.value)

    def state(self) -> str:
        """The current generation, the processes, and what is left behind."""
        return subprocess.run([*self.ssh, _STATE], capture_output=True, text=True, check=False).stdout

    def command(self, templates: Path, *options: str) -> list[str]:
        """The command line of a run with other templates."""
        program = str(PROJECT / ".venv/bin/ansible-playbook")
        extra = f"--extra-vars=mailspec_templates={templates}"
        return [program, "-i", str(self.folder), *options, extra, "site.yml"]

    def apply(self, templates: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """Run site.yml with other templates."""
        argv, env = self.command(templates, *options), environment(ANSIBLE_CONFIG=str(PROJECT / "ansible.cfg"))
        return subprocess.run(argv, cwd=PROJECT, env=env, text=True, capture_output=True, check=False, timeout=600)


@dataclass
class Outcome:
    """What became of a fault."""

    stopped: bool
    """The run failed, and the server is as it was."""
    placed: bool
    """The message names the template and the line."""
    worded: bool
    """The message says what it has to say."""
    where: str
    seconds: float
    message: str

    @property
    def good(self) -> bool:
        """Whether all of it holds."""
        return self.stopped and self.placed and self.worded


def attempt(lab: Lab, fault: Fault) -> Outcome:
    """Apply a fault."""
    before = lab.state()
    with tempfile.TemporaryDirectory() as folder:
        templates = Path(shutil.copytree(TEMPLATES, Path(folder) / "templates"))
        template, lines = fault.put(templates, lab.release)
        started = time.monotonic()
        done = lab.apply(templates)
    said = done.stdout + done.stderr
    task = said.rpartition("TASK [")[2].partition("]")[0]
    same = lab.state() == before
    return Outcome(
        stopped=done.returncode == 2 and same and not task.startswith("Switch"),
        placed=any(f"templates/{template}:{line}: error[" in said for line in lines),
        worded=fault.words in said,
        where=task.split(":")[0].strip() if done.returncode else "not stopped",
        seconds=time.monotonic() - started,
        message=said,
    )
