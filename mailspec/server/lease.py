"""The lease: one run at a time works on a server, from the comparison to the end of its switch.

A run that is gone gives way: at once to the controller it ran on, which sees that its process is dead, and to others
when it has not been heard of for a while.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from . import journal
from .failure import TroubleError

NAME = "lease.json"
PATIENCE = 20
"""Seconds to wait for a call that is just working here."""
LONG_PATIENCE = 150
"""The same when its controller is gone: what it began ends by itself."""


def refuse_others(owner: dict[str, Any]) -> None:
    """Raise TroubleError when another run works here; `owner["instead_of"]` is one whose process is dead."""
    held = _held()
    if held and held["run"] not in {owner["run"], owner.get("instead_of")}:
        since = time.strftime("%H:%M:%S", time.localtime(held["since"]))
        left = round(held["until"] - time.time())
        raise TroubleError(
            "busy",
            f"{held['by']} (process {held['pid']}) works on this server since {since}",
            f"run again when it has ended; if it is gone, it gives way by itself in {left} s",
            held=held,
            exit_code=75,
        )


def patience(owner: dict[str, Any]) -> int:
    """How long to wait for the lock."""
    return LONG_PATIENCE if owner.get("instead_of") else PATIENCE


@contextmanager
def alone(owner: dict[str, Any]) -> Iterator[None]:
    """Hold the lock of this server for a call that begins work here; raises TroubleError while another run has it."""
    refuse_others(owner)  # at once, whatever it is that the other does
    with journal.locked(patience(owner)) as locked:
        if not locked:
            raise unlocked()
        refuse_others(owner)
        yield


def unlocked() -> TroubleError:
    """What to say when the lock is not to be had."""
    fact, hint = "another run is just changing this server", "run again when it has ended"
    return TroubleError("busy", fact, hint, exit_code=75)


def take(owner: dict[str, Any], seconds: int) -> None:
    """Take the lease; it ends by itself after so many seconds without a sign of life."""
    lease = {key: owner[key] for key in ("run", "by", "host", "pid", "started")}
    journal.write_private(journal.STATE / NAME, json.dumps({**lease, "since": time.time(), "seconds": seconds}))


def renew(run: str, seconds: int = 60) -> None:
    """Give a sign of life; raises TroubleError when another run took over. Needs no space on the disk."""
    held = _read()
    if not held or held["run"] != run:
        who = f"{held['by']} took over" if held else "another run came in between"
        raise TroubleError(
            "lost", f"{who}: this run was not heard of for too long", "nothing is half done; run again", exit_code=75
        )
    now = time.time()
    os.utime(journal.STATE / NAME, (now, now + seconds - held["seconds"]))


def release(run: str) -> None:
    """Give the lease back, if it is still this run's."""
    with suppress(OSError, ValueError):
        if json.loads((journal.STATE / NAME).read_text(encoding="utf-8"))["run"] == run:
            (journal.STATE / NAME).unlink()


def _held() -> dict[str, Any] | None:
    """The lease that counts now."""
    held = _read()
    return held if held and held["until"] > time.time() else None


def _read() -> dict[str, Any] | None:
    try:
        lease: dict[str, Any] = json.loads((journal.STATE / NAME).read_text(encoding="utf-8"))
        return {**lease, "until": (journal.STATE / NAME).stat().st_mtime + lease["seconds"]}
    except (FileNotFoundError, ValueError):  # none, or one that a full disk cut short
        return None
