"""What a service's own checker passes over: one module a service, run where the staged files lie over /etc."""

from collections.abc import Callable
from pathlib import Path

from .. import room

CHECKS: dict[str, Callable[[], list[str]]] = {}


def run_strict(check: Callable[[], list[str]], etc: Path) -> list[str]:
    """What a check has to say against the staged files; for a room of its own."""
    room.bind(etc, "/etc")
    return check()
