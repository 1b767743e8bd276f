"""Going back: files, rows and services of the generation before an unfinished switch."""

import shutil
from typing import Any

from . import journal, services
from .command import run


def recover() -> dict[str, Any] | None:
    """Undo a switch that did not end, and clear what earlier runs left behind; the caller holds the lock."""
    entry = go_back()
    journal.tidy()
    for leftover in journal.RUNTIME.glob("mailspec-stage-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    return entry


def withdraw() -> None:
    """Take a switch back that has not changed anything yet."""
    if entry := journal.read():
        journal.restore(entry, rows=False)
        journal.forget()


def go_back(*, rows: bool = True) -> dict[str, Any] | None:
    """Undo a switch that did not end, with its services; returns its journal, or None if there is none.

    A service that the old generation does not know was only just configured: it stops rather than run half configured.
    `trouble` of the journal tells what did not come up again.
    """
    entry = journal.read()
    if entry is None:
        return None
    for service in reversed(entry["fresh"]):
        for unit in service["units"]:
            if run(["systemctl", "cat", unit])[0] == 0:
                run(["systemctl", "disable", "--now", unit])
    journal.restore(entry, rows=rows)
    entry["trouble"] = services.bring_back(entry["services"])
    journal.forget()
    return entry
