"""The watch: a process of systemd's that goes back when a switch dies, or when nobody confirms it.

It waits for the lock that a switch holds. When that is free and the journal still there, the switch was killed; when
the switch waits to be confirmed, it has a minute. It runs the program of the switch itself, so that both always speak
of the same journal.
"""

import sys
import time
from pathlib import Path

from . import command, journal, lease, undo

CONFIRM = 60
"""Seconds in which the controller must come over a new connection, unless a run says otherwise."""


def start(run: str, seconds: int) -> None:
    """Start the watch over a run; the caller holds the lock."""
    unit = ["--quiet", "--collect", "--no-block", f"--unit=mailspec-watch-{run}", "--property=Type=exec"]
    description = "--description=Go back unless the switch ends well"
    where = f"--working-directory={Path(__file__).parents[2]}"
    program = ["/usr/bin/python3", "-B", "-m", __name__, run, str(seconds)]
    command.must(["systemd-run", *unit, description, where, *program])


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


if __name__ == "__main__":
    watch(sys.argv[1], int(sys.argv[2]))
