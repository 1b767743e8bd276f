"""Time large specs against a mere parse, then a converge that changes nothing against a one-task ping play.

Both sides of each in turn, with the ratio. `large` as the only argument leaves out what needs the running demo.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.large import large

PROJECT = Path(__file__).parent.parent.parent
ROUNDS = 5
PIDS = "systemctl show --property=Id,MainPID unbound rspamd dovecot postfix '*@-.service' valkey-server redis-server"


def play(folder: str, playbook: str) -> tuple[float, str]:
    """The seconds a playbook takes, and its output; ends the run when it fails."""
    started = time.monotonic()
    argv = [str(PROJECT / ".venv/bin/ansible-playbook"), "-i", folder, playbook]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(PROJECT / "ansible.cfg")}
    done = subprocess.run(argv, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{playbook} failed; is the demo up? run script/demo first\n{done.stdout}{done.stderr}")
    return time.monotonic() - started, done.stdout


def processes(folder: str) -> str:
    """The main process of each service on the servers."""
    argv = [str(PROJECT / ".venv/bin/ansible"), "-i", folder, "mailspec", "-m", "command", "-a", PIDS]
    return subprocess.run(argv, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.partition(">>")[2]


def main() -> None:
    """Measure and print; the figures also go to build/bench.json."""
    folder = sys.argv[1] if len(sys.argv) > 1 else "inventories/demo"
    console = Console()
    figures: dict[str, float | bool] = {**large(console)}
    if folder != "large":
        figures |= converge(console, folder)
    (PROJECT / "build").mkdir(exist_ok=True)
    (PROJECT / "build/bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def converge(console: Console, folder: str) -> dict[str, float | bool]:
    """Measure on the running demo, print both sides with the ratio, and return the figures."""
    console.print(f"warming up: site.yml on {folder}")
    play(folder, "site.yml")
    before = processes(folder)
    pings, converges = [], []
    for number in range(1, ROUNDS + 1):
        pings.append(play(folder, "tests/bench/ping.yml")[0])
        seconds, output = play(folder, "site.yml")
        converges.append(seconds)
        changed = sum(int(count) for count in re.findall(r"changed=(\d+)", output))
        if changed:
            sys.exit(f"a converge that had nothing to do says changed={changed}\n{output}")
        console.print(f"round {number} of {ROUNDS}: ping {pings[-1]:.2f} s, converge {seconds:.2f} s, changed=0")
    ping, idle = statistics.median(pings), statistics.median(converges)
    figures = {
        "ping": round(ping, 2),
        "converge without a change": round(idle, 2),
        "ratio": round(idle / ping, 2),
        "processes kept": processes(folder) == before,
    }
    table = Table("what", "figure", title="Nothing to do, against a one-task ping play (medians)")
    for name, value in figures.items():
        table.add_row(name, str(value))
    console.print(table)
    return figures


if __name__ == "__main__":
    main()
