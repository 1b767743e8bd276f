"""The whole corpus of faults against a server in a closed network: each must be stopped before the switch.

`MAILSPEC_SPEC` and `MAILSPEC_LAB` name the spec and the lab, as in the tests of Molecule; arguments choose faults by
the beginning of their names.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mailspec.cases.fault import Fault, faults
from mailspec.load import load
from mailspec.render import TEMPLATES

PROJECT = TEMPLATES.parent
CORPUS = PROJECT / "tests/faults"
UNITS = "dovecot postfix rspamd unbound valkey-server redis-server mailspec"
STATE = f"""\
readlink /var/lib/mailspec/generations/current
systemctl show --property=Id,MainPID,ExecMainStartTimestampMonotonic {UNITS}
ls -d /var/lib/mailspec/stage-* /run/mailspec-check-* 2>/dev/null
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
        return subprocess.run([*self.ssh, STATE], capture_output=True, text=True, check=False).stdout

    def apply(self, templates: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """Run site.yml with other templates."""
        argv = [str(PROJECT / ".venv/bin/ansible-playbook"), "-i", str(self.folder), *options]
        argv += [f"--extra-vars=mailspec_templates={templates}", "site.yml"]
        env = {name: value for name, value in os.environ.items() if name != "ANSIBLE_CALLBACKS_ENABLED"}
        env |= {"ANSIBLE_CONFIG": str(PROJECT / "ansible.cfg")}
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


def main() -> None:
    """Try the faults, print a table, and end with 1 when one got through."""
    lab, console = Lab.given(), Console(width=150)
    folder = PROJECT / "build/faults" / lab.release
    folder.mkdir(parents=True, exist_ok=True)
    table = Table("fault", "stopped", "placed", "worded", "by", "s", title=f"Faults on {lab.release}")
    chosen = [fault for fault in faults(CORPUS) if fault.change(lab.release)]
    chosen = [fault for fault in chosen if not sys.argv[1:] or fault.id.startswith(tuple(sys.argv[1:]))]
    results = []
    for fault in chosen:
        found = attempt(lab, fault)
        (folder / f"{fault.id.replace('/', '.')}.log").write_text(found.message, encoding="utf-8")
        marks = ["yes" if mark else "NO" for mark in (found.stopped, found.placed, found.worded)]
        console.print(f"{fault.id}: stopped {marks[0]}, placed {marks[1]}, worded {marks[2]}, {found.seconds:.0f} s")
        table.add_row(fault.id, *marks, found.where, f"{found.seconds:.0f}")
        results.append(found)
        if not found.stopped:
            lab.apply(TEMPLATES)
    console.print(table)
    counts = {name: sum(getattr(found, name) for found in results) for name in ("stopped", "placed", "worded")}
    console.print(", ".join(f"{name} {count} of {len(results)}" for name, count in counts.items()))
    sys.exit(0 if all(found.good for found in results) else 1)


if __name__ == "__main__":
    main()
