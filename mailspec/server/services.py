"""Services: start them, make them read their configuration, bring them back.

A service is what its role says: units, the command that reloads it, files that need a restart, where it listens.
"""

import re
import socket
from pathlib import Path
from typing import Any

from .command import CommandError, must, run

ENABLED = {"alias", "enabled", "enabled-runtime", "generated", "indirect", "static"}
RUNNING = {"active", "reloading"}
"""The states of a unit that is well."""


def idle(units: list[str]) -> list[str]:
    """The units that are not running or will not start at boot."""
    return [
        unit
        for unit, state in shown(units, "ActiveState", "UnitFileState").items()
        if state["ActiveState"] not in RUNNING or state["UnitFileState"] not in ENABLED
    ]


def idle_by_service(known: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """The same of several services by name, asked at once; those that are well are left out."""
    stopped = set(idle([unit for service in known.values() for unit in service["units"]]))
    found = {name: [unit for unit in service["units"] if unit in stopped] for name, service in known.items()}
    return {name: units for name, units in found.items() if units}


def shown(units: list[str], *properties: str) -> dict[str, dict[str, str]]:
    """Properties of units, as systemd shows them."""
    if not units:
        return {}
    _, text = run(["systemctl", "show", f"--property={','.join(properties)}", *units])
    states = [dict(line.split("=", 1) for line in block.splitlines()) for block in text.split("\n\n")]
    return dict(zip(units, states, strict=True))


def bring_up(services: list[dict[str, Any]]) -> None:
    """Make services run with the files that are there now, in order.

    What systemd has to read again and to enable it is told once for all of them, as each time takes it a while.
    """
    reread(services)
    states = shown([unit for service in services for unit in service["units"]], "UnitFileState")
    if off := [unit for unit, state in states.items() if state["UnitFileState"] not in ENABLED]:
        must(["systemctl", "enable", *off])
    for service in services:
        states = shown(service["units"], "ActiveState")
        stopped = [unit for unit, state in states.items() if state["ActiveState"] not in RUNNING]
        if stopped:
            _restart(stopped)
        changed = service["changed"]
        if not changed or len(stopped) == len(service["units"]):
            continue
        if service["restart"]:
            _restart(service["units"])
        elif service["reload"]:
            must(service["reload"])


def end(services: list[dict[str, Any]]) -> None:
    """Stop services that the new files no longer have, while their units are still there."""
    for service in services:
        must(["systemctl", "disable", "--now", *service["units"]])


def reread(services: list[dict[str, Any]]) -> None:
    """Let systemd and others see the files of services that are there now, or have gone."""
    for argv in dict.fromkeys(tuple(argv) for service in services for argv in service["apply"]):
        must(argv)


def bring_back(services: list[dict[str, Any]]) -> str:
    """Make services run with their old files, whatever state they are in; returns what could not be done."""
    said = []
    for service in services:
        try:
            bring_up([service])
        except CommandError as error:
            code, text = run(["systemctl", "restart", *service["units"]])
            if code:
                said.append(f"{error}\n{text}")
    return "\n".join(said)


def _restart(units: list[str]) -> None:
    """Restart units; one that comes up with another is left alone, as a second restart would break off its start."""
    run(["systemctl", "reset-failed", *units])  # systemd's count of starts is not about those we ask for
    must(["systemctl", "restart", units[0]])
    for unit in idle(units[1:]):
        must(["systemctl", "restart", unit])


def words(service: dict[str, Any], since: float) -> list[str]:
    """What a service said since a moment: warnings and worse, for the error message."""
    units = [f"--unit={unit}" for unit in service["units"]]
    if not units:
        return []
    _, text = run(["journalctl", "--no-pager", "--output=cat", f"--since=@{since:.0f}", *units])
    bad = [line for line in text.splitlines() if re.search(r"warn|error|fatal|fail|panic|cannot", line, re.IGNORECASE)]
    return bad[-10:]


def refused(place: str) -> str:
    """Why a port or socket of this host does not answer; nothing when it does."""
    if not place.startswith("/"):
        # a server without IPv4 answers at the other loopback address
        first = no_answer("127.0.0.1", int(place))
        return first and no_answer("::1", int(place)) and first
    return _no_answer(socket.AF_UNIX, place) if Path(place).exists() else "no such socket"


def no_answer(address: str, port: int) -> str:
    """Why nothing answers at a port of an address; nothing when something does."""
    return _no_answer(socket.AF_INET6 if ":" in address else socket.AF_INET, (address, port))


def _no_answer(family: socket.AddressFamily, address: str | tuple[str, int]) -> str:
    with socket.socket(family) as client:
        client.settimeout(5)
        try:
            client.connect(address)
        except OSError as error:
            return str(error)
    return ""
