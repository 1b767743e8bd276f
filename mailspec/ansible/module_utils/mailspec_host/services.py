"""Services: start them, make them read their configuration, and see that they are well.

A service is what its role says: units, the command that reloads it, files that need a restart, where it listens.
"""

import re
import socket
import time
from pathlib import Path
from typing import Any

from .command import must, run

PATIENCE = 60
"""Seconds until a service that does not answer has failed."""

ENABLED = {"alias", "enabled", "enabled-runtime", "generated", "indirect", "static"}
RUNNING = {"active", "reloading"}
"""The states of a unit that is well."""


def idle(units: list[str]) -> list[str]:
    """The units that are not running or will not start at boot."""
    if not units:
        return []
    _, text = run(["systemctl", "show", "--property=ActiveState,UnitFileState", *units])
    states = [dict(line.split("=", 1) for line in block.splitlines()) for block in text.split("\n\n")]
    return [
        unit
        for unit, state in zip(units, states, strict=True)
        if state["ActiveState"] not in RUNNING or state["UnitFileState"] not in ENABLED
    ]


def bring_up(services: list[dict[str, Any]]) -> None:
    """Make services run with the files that are there now, in order."""
    for service in services:
        for argv in service["apply"]:
            must(argv)
        stopped = idle(service["units"])
        for unit in stopped:
            if run(["systemctl", "is-enabled", "--quiet", unit])[0]:
                must(["systemctl", "enable", unit])
        if stopped:
            _restart(stopped)
        changed = service["changed"]
        if not changed or len(stopped) == len(service["units"]):
            continue
        if service["restart"]:
            _restart(service["units"])
        elif service["reload"]:
            must(service["reload"])


def _restart(units: list[str]) -> None:
    """Restart units; one that comes up with another is left alone, as a second restart would break off its start."""
    run(["systemctl", "reset-failed", *units])  # systemd's count of starts is not about those we ask for
    must(["systemctl", "restart", units[0]])
    for unit in idle(units[1:]):
        must(["systemctl", "restart", unit])


def sick(services: list[dict[str, Any]]) -> str:
    """Why services are not well after some patience; nothing when they are."""
    deadline = time.monotonic() + PATIENCE
    trouble = _trouble(services)
    while trouble and time.monotonic() < deadline:
        time.sleep(0.2)
        trouble = _trouble(services)
    return trouble


def words(services: list[dict[str, Any]], since: float) -> str:
    """What the services said since a moment: warnings and worse, for the error message."""
    found = []
    for service in services:
        units = [f"--unit={unit}" for unit in service["units"]]
        if units:
            _, text = run(["journalctl", "--no-pager", "--output=cat", f"--since=@{since:.0f}", *units])
            lines = text.splitlines()
            found += [line for line in lines if re.search(r"warn|error|fatal|fail|panic|cannot", line, re.IGNORECASE)][
                -10:
            ]
    return "\n".join(found)


def _trouble(services: list[dict[str, Any]]) -> str:
    for service in services:
        if stopped := idle(service["units"]):
            return f"{', '.join(stopped)} is not running"
        for place in service["listen"]:
            if reason := refused(str(place)):
                return f"{service['service']} does not answer at {place}: {reason}"
        for argv in service["probe"]:
            code, text = run(argv)
            if code:
                return f"`{' '.join(argv)}` ended with {code}: {text}"
    return ""


def refused(place: str) -> str:
    """Why a port or socket of this host does not answer; nothing when it does."""
    if not place.startswith("/"):
        # a server without IPv4 answers at the other loopback address
        first = _no_answer(socket.AF_INET, ("127.0.0.1", int(place)))
        return first and _no_answer(socket.AF_INET6, ("::1", int(place))) and first
    return _no_answer(socket.AF_UNIX, place) if Path(place).exists() else "no such socket"


def _no_answer(family: socket.AddressFamily, address: str | tuple[str, int]) -> str:
    with socket.socket(family) as client:
        client.settimeout(5)
        try:
            client.connect(address)
        except OSError as error:
            return str(error)
    return ""
