"""Kill the controller at every task border and at random instants: does mail flow, does the next run converge?"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mailspec.cases.playbook import PROJECT, begin, environment, kill, play
from mailspec.cases.variant import variant
from mailspec.load import load
from mailspec.problem import KeyPath

from . import lab
from .figure import Figure, say

CALLBACKS = f"{PROJECT}/mailspec/ansible/callback:{PROJECT}/molecule/shared/callback"
SOON = 5
"""Seconds within which mail must flow after a kill."""
SETTLED = 120
"""Seconds within which the server must be on one generation again, by itself."""


@dataclass(frozen=True)
class Kill:
    """What became of one killed run."""

    when: str
    cut: bool
    """Whether the connection was cut as well."""
    mail: float
    """Seconds until a message was in its mailbox; 0 when it was not there in time."""
    state: str
    """`old`, `new` or `mix`, before the next run."""
    converged: bool


class Target:
    """A server, two specs to change it to and fro, and the runs that are killed."""

    def __init__(self, spec: Path, lab: Path, folder: Path) -> None:
        model = load(spec)
        self.name = min(model.servers)
        self.postmaster = model.address(model.postmaster)
        self.ssh = ["ssh", "-F", json.loads(lab.read_text(encoding="utf-8"))["ssh_config"], self.name]
        self.control = folder / "cp"
        self.specs = {"100": self._copy(spec, folder / "a", 100), "177": self._copy(spec, folder / "b", 177)}
        self.env = environment(ANSIBLE_SSH_CONTROL_PATH_DIR=str(self.control), ANSIBLE_CALLBACK_PLUGINS=CALLBACKS)

    def _copy(self, spec: Path, target: Path, limit: int) -> Path:
        """A spec with a limit of its own, and a list that is there or not."""
        changes: dict[KeyPath, Any] = {("limits", "recipients"): limit}
        if limit != 100:
            changes["lists", "zz-extra"] = {"members": [self.postmaster], "post": "anyone"}
        return variant(spec, target, changes)

    def run(self, command: str) -> str:
        """The output of a command on the server."""
        done = subprocess.run([*self.ssh, command], capture_output=True, text=True, check=False, timeout=60)
        return done.stdout.strip()

    def state(self) -> str:
        """The limit that is live, or `mix` when files, rows and generation are not of one time."""
        domain = self.postmaster.partition("@")[2]
        said = self.run(
            "cd /var/lib/mailspec; ls journal.json unconfirmed.json 2> /dev/null; find /etc -name '.*.mailspec*';"
            " for f in main.cf master.cf; do cmp generations/current/files/etc/postfix/$f /etc/postfix/$f; done;"
            f" postconf -h smtpd_recipient_limit;"
            f" postmap -q zz-extra@{domain} sqlite:/etc/postfix/sqlite/routes.cf > /dev/null && echo list"
        )
        return {"100": "100", "177\nlist": "177"}.get(said, "mix")

    def settled(self) -> str:
        """The state as soon as the server is done with whatever was under way."""
        deadline = time.monotonic() + SETTLED
        while (state := self.state()) == "mix" and time.monotonic() < deadline:
            time.sleep(0.5)
        return state

    def mail(self) -> float:
        """The seconds a message takes; 0 when it takes too long."""
        token, started = f"token{time.time_ns()}", time.monotonic()
        text = f"From: root\\nTo: {self.postmaster}\\nSubject: {token}\\n\\n{token}\\n"
        search = f"doveadm search -u {self.postmaster} mailbox '*' subject {token}"
        send = f"printf '{text}' | sendmail -f root {self.postmaster}"
        found = self.run(f"{send}; for i in $(seq {SOON * 10}); do {search} | grep . && break; sleep 0.1; done")
        return time.monotonic() - started if found else 0

    def converge(self, limit: str) -> bool:
        """Whether a run that nobody disturbs ends well, on what it should."""
        done = play("site.yml", spec=self.specs[limit], env=self.env)
        if done.returncode:
            sys.stderr.write(done.stdout[-3000:] + done.stderr)
        return done.returncode == 0 and self.state() == limit

    def tasks(self, folder: Path) -> tuple[int, float]:
        """How many tasks a run that changes something has, and how long it takes."""
        told, before = folder / "tasks", self.settled()
        started = time.monotonic()
        other = "100" if before == "177" else "177"
        done = play("site.yml", spec=self.specs[other], env=self.env | {"MAILSPEC_TASKS": str(told)})
        if done.returncode:
            sys.exit(f"a run that nobody disturbs fails\n{done.stdout}{done.stderr}")
        return int(told.read_text()), time.monotonic() - started

    def killed(self, when: str, *, border: int = 0, instant: float = 0, cut: bool = False) -> Kill:
        """Start a run to the other state, kill it, and look what becomes of it."""
        before = self.settled()
        wanted = "100" if before == "177" else "177"
        run = begin("site.yml", spec=self.specs[wanted], env=self.env | {"MAILSPEC_KILL_AT": str(border)})
        if instant:
            time.sleep(instant)
            kill(run.pid)
        run.communicate()
        if cut:
            self._cut()
        mail = self.mail()
        state = self.settled()
        word = {before: "old", wanted: "new"}.get(state, "mix")
        return Kill(when, cut, mail, word, self.converge(wanted))

    def _cut(self) -> None:
        """End the connections that the killed runs left."""
        for status in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                mine = str(self.control) in status.read_text(errors="replace")
            except OSError:
                continue
            if mine and int(status.parent.name) != os.getpid():
                kill(int(status.parent.name))


def kills(target: Target, number: int, folder: Path, seed: int) -> Iterator[Kill]:
    """Each border, then random instants; every second time the connection goes too."""
    target.converge("100")
    tasks, seconds = target.tasks(folder)
    for border in range(1, tasks + 1):
        yield target.killed(f"before task {border}", border=border, cut=border % 2 == 0)
    chance = random.Random(seed)  # noqa: S311 - instants, not keys
    for count in range(number):
        instant = chance.uniform(0.05, seconds)
        yield target.killed(f"after {instant:.2f} s", instant=instant, cut=count % 2 == 1)


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Kill at each border and at 100 random instants, or as many as ARG says."""
    parser = argparse.ArgumentParser(prog="script/bench kills", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=100, help="random instants")
    parser.add_argument("--os", default="debian-13", help="the release of the server")
    parser.add_argument("--seed", type=int, default=1, help="chooses the instants")
    options = parser.parse_args(arguments)
    spec = lab.demo(options.os)
    lab.lab([spec])
    say("the first converge")
    lab.settle([spec])
    lab.adopt(spec)
    found: list[Kill] = []
    with tempfile.TemporaryDirectory(prefix="mailspec-") as name:
        target = Target(spec, lab.FOLDER / "lab.json", Path(name))
        for one in kills(target, options.number, Path(name), options.seed):
            found.append(one)
            mail = f"mail after {one.mail:.1f} s" if one.mail else f"NO MAIL within {SOON} s"
            well = "converges" if one.converged else "DOES NOT CONVERGE"
            say(f"{len(found):4} {one.when:16} {'cut ' if one.cut else '    '}{one.state:4} {mail}, {well}")
    states = ", ".join(f"{sum(one.state == state for one in found)} {state}" for state in ("old", "new"))
    slowest = max((one.mail for one in found), default=0)
    bad = {
        "leave a mix of two states": (sum(one.state == "mix" for one in found), states),
        f"stop mail for {SOON} s": (sum(not one.mail for one in found), f"slowest {slowest:.1f} s"),
        "keep the next run from converging": (sum(not one.converged for one in found), ""),
    }
    for what, (count, sides) in bad.items():
        yield Figure(f"kills that {what}, of {len(found)} on {options.os}", count, 0, "kills", sides)
