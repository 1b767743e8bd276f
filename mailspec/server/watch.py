"""The watch: a process of systemd's that goes back when a switch dies, or when nobody confirms it.

It waits for the lock that a switch holds. When that is free and the journal still there, the switch was killed; when
the switch waits to be confirmed, it has a minute. The program it runs is made from the modules of the switch itself,
so that both always speak of the same journal.
"""

import sys
import time
import zipfile

from . import command, failure, journal, lease, services, undo

CONFIRM = 60
"""Seconds in which the controller must come over a new connection, unless a run says otherwise."""


def start(run: str, seconds: int) -> None:
    """Start the watch over a run; the caller holds the lock."""
    program = journal.RUNTIME / f"mailspec-watch-{run}.pyz"
    program.touch(mode=0o600)
    with zipfile.ZipFile(program, "w") as bundle:
        for package in ("mailspec", "mailspec/server"):
            bundle.writestr(f"{package}/__init__.py", "")
        for module in (command, failure, journal, lease, services, undo, sys.modules[__name__]):
            loader = module.__spec__.loader if module.__spec__ else None
            source = loader.get_source(module.__name__) if loader else ""  # type: ignore[attr-defined]
            bundle.writestr(f"mailspec/server/{module.__name__.rpartition('.')[2]}.py", source)
        bundle.writestr("__main__.py", f"from mailspec.server import watch\nwatch.main({run!r}, {seconds})\n")
    unit = ["--quiet", "--collect", "--no-block", f"--unit=mailspec-watch-{run}", "--property=Type=exec"]
    description = "--description=Go back unless the switch ends well"
    command.must(["systemd-run", *unit, description, "/usr/bin/python3", "-B", str(program)])


def main(run: str, seconds: int) -> None:
    """What systemd runs: watch, and leave nothing behind."""
    try:
        watch(run, seconds)
    finally:
        (journal.RUNTIME / f"mailspec-watch-{run}.pyz").unlink(missing_ok=True)


def watch(run: str, seconds: int) -> None:
    """Wait until the switch is done; go back when it died or was not confirmed in time."""
    deadline = 0.0
    while True:
        with journal.locked(patience=float("inf")):
            entry = journal.read()
            if not entry or entry["run"] != run:
                return
            waits = (journal.STATE / journal.UNCONFIRMED).exists()
            deadline = deadline or time.monotonic() + seconds
            if not waits or time.monotonic() > deadline:
                sys.stdout.write(f"going back from generation {entry['generation']} to {entry['previous']}\n")
                undo.go_back()
                lease.release(run)
                return
        time.sleep(0.3)
