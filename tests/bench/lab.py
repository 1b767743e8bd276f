"""Servers to measure: containers of the closed network, made for a section and removed after the last."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mailspec.cases.twin import twin
from mailspec.cases.variant import variant
from mailspec.problem import KeyPath
from mailspec.vault import FILE

from .figure import PROJECT, processor, say

NAME = "bench"
FOLDER = PROJECT / "build/lab" / NAME
SPECS = PROJECT / "build/bench"
PODMAN = str(PROJECT / "molecule/shared/podman")
WORLD = ("198.18.4.2", "2001:db8:f::2")
"""The far end; addresses from the block for benchmarks (RFC 2544), so that no demo or scenario is in the way."""
SERVER = "mx1.example.org"
PING = "tests/bench/ping.yml"
SITE = "site.yml"


@dataclass
class Lab:
    """Containers for some spec folders."""

    folders: list[Path]
    image: str = "stack"
    containers: dict[str, str] = field(default_factory=dict)
    """The containers by host."""

    def __enter__(self) -> "Lab":
        say(f"making containers for {len(self.folders)} spec{'s' * (len(self.folders) > 1)}")
        self._run("destroy")  # what a run that was cut short left
        self._run("create")
        made = json.loads((FOLDER / "lab.json").read_text())["containers"]
        self.containers = {entry["host"]: entry["container"] for entry in made}
        return self

    def __exit__(self, *_: object) -> None:
        self._run("destroy")

    def prepare(self) -> None:
        """Plug bare servers in where packages come from."""
        self._run("prepare")

    def _run(self, playbook: str) -> None:
        extra = {
            "lab_name": NAME,
            "lab_twin": False,
            "lab_specs": [str(folder) for folder in self.folders],
            "lab_image": self.image,
        }
        play([], f"molecule/shared/{playbook}.yml", "-i", "localhost,", "-e", json.dumps(extra))

    def run(self, host: str, *argv: str, stdin: str = "") -> str:
        """What a command prints on a host; ends the run when it fails."""
        command = [PODMAN, "exec", "--interactive", self.containers[host], *argv]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"`{' '.join(argv)}` failed on {host}\n{done.stdout}{done.stderr}")
        return done.stdout

    @property
    def processes(self) -> str:
        """The main process of each service on each server."""
        shown = "systemctl show --property=Id,MainPID unbound rspamd dovecot postfix valkey-server redis-server"
        return "".join(self.run(host, *shown.split()) for host in self.containers if host != "world")


_open: list[Lab] = []


def lab(folders: list[Path], image: str = "stack") -> Lab:
    """The lab for these folders; the one that is open serves again if it is the same."""
    if _open and (_open[0].folders, _open[0].image) == (folders, image):
        return _open[0]
    close()
    _open.append(Lab(folders, image))
    return _open[0].__enter__()


def close() -> None:
    """Remove the lab that is open."""
    while _open:
        _open.pop().__exit__()


def adopt(folder: Path) -> None:
    """Let what reads the environment, as the tests of Molecule do, work on the open lab."""
    os.environ.update(_environment(), MAILSPEC_SPEC=str(folder), MAILSPEC_LAB=str(FOLDER / "lab.json"))


def _environment() -> dict[str, str]:
    return {
        "ANSIBLE_CONFIG": str(PROJECT / "ansible.cfg"),
        "ANSIBLE_REMOTE_USER": "root",
        "ANSIBLE_SSH_COMMON_ARGS": f"-F {FOLDER / 'ssh_config'}",
    }


def demo(release: str = "debian-13") -> Path:
    """The twin of the demo, for this network."""
    from ipaddress import ip_address

    source, target = PROJECT / "inventories/demo", SPECS / f"demo-{release}"
    made = target / FILE
    if not made.exists() or made.stat().st_mtime < (source / "mail.yml").stat().st_mtime:
        twin(source, target, release, [ip_address(address) for address in WORLD])
    return target


def addresses(number: int) -> list[str]:
    """The addresses of a server; 0 is the first."""
    return [f"198.18.4.{25 + number}", f"2001:db8:f::{0x25 + number:x}"]


def varied(folder: Path, name: str, changes: Mapping[KeyPath, Any]) -> Path:
    """A copy of a spec folder with some other values."""
    shutil.rmtree(SPECS / name, ignore_errors=True)
    return variant(folder, SPECS / name, changes)


@dataclass
class Play:
    """A run of a playbook."""

    seconds: float
    output: str
    tasks: dict[str, float]
    """The seconds each task took, by name."""
    code: int
    processor: float
    """The seconds of a processor of the controller."""


def play(folders: list[Path], playbook: str, *options: str, may_fail: bool = False) -> Play:
    """Run a playbook; ends the run when it fails and may not."""
    inventory = [word for folder in folders for word in ("-i", str(folder))]
    argv = [str(PROJECT / ".venv/bin/ansible-playbook"), *inventory, *options, playbook]
    environment = {**os.environ, **_environment()}
    lines: list[str] = []
    begun: list[tuple[str, float]] = []
    started, used = time.monotonic(), processor()
    with subprocess.Popen(
        argv, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if title := re.match(r"(?:TASK|RUNNING HANDLER|PLAY RECAP) ?(?:\[(.*)\])?", line):
                begun.append((title[1] or "", time.monotonic()))
    ended = time.monotonic()
    if process.returncode and not may_fail:
        sys.exit(f"{' '.join(argv)} failed\n{''.join(lines)}")
    ends = [moment for _, moment in begun[1:]] + [ended]
    tasks: dict[str, float] = {}
    for (name, begin), end in zip(begun, ends, strict=True):
        tasks[name] = tasks.get(name, 0) + end - begin
    return Play(ended - started, "".join(lines), tasks, process.returncode, processor() - used)


def ping(hosts: list[str]) -> float:
    """The seconds of a one-task ping play over the same connection; its inventory is the names of the hosts."""
    return play([], PING, "-i", ",".join([*hosts, ""])).seconds


def settle(folders: list[Path]) -> Play:
    """Converge without measuring, once more if a machine with much to do was too slow for a check."""
    done = play(folders, SITE, may_fail=True)
    return done if not done.code else play(folders, SITE)


def converge(folders: list[Path], *options: str, changed: bool) -> Play:
    """Run site.yml, which must change something or must not."""
    done = play(folders, SITE, *options)
    found = sum(int(count) for count in re.findall(r"changed=(\d+)", done.output))
    if bool(found) != changed:
        sys.exit(f"a converge of {', '.join(map(str, folders))} says changed={found}\n{done.output}")
    return done
