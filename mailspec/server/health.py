"""Health: services are well when they run, stay running, and answer where the world reaches them."""

import errno
import socket
import time
from typing import Any

from .command import run
from .services import idle, no_answer, refused, shown

PATIENCE, FIRST = 60, 180
"""Seconds until a service that does not answer has failed, usually and when it starts for the first time."""
SUSPICION = 8
"""Seconds for which a service that ended by itself is looked at before it counts as well."""
LOOP = 4
"""How often a service may end by itself before it counts as sick."""


def begin(services: list[dict[str, Any]]) -> None:
    """Let systemd count from here how often a service ended by itself."""
    units = _units(services)
    if units:
        run(["systemctl", "reset-failed", *units])


def sick(services: list[dict[str, Any]], host: dict[str, Any], patience: int = PATIENCE) -> dict[str, str]:
    """Which service is not well after some patience, and why; nothing when all are."""
    deadline = time.monotonic() + patience
    while trouble := _trouble(services, host):
        if looping := _looping(services, LOOP):
            return looping
        if time.monotonic() > deadline:
            return trouble
        time.sleep(0.2)
    restarts, deadline = _restarts(services), time.monotonic() + SUSPICION
    while any(restarts.values()) and time.monotonic() < deadline:
        if _restarts(services) != restarts:
            return _looping(services, 1)
        time.sleep(0.2)
    return _trouble(services, host) if any(restarts.values()) else {}


def _trouble(services: list[dict[str, Any]], host: dict[str, Any]) -> dict[str, str]:
    stopped = set(idle(_units(services)))
    for service in services:
        if text := _unwell(service, stopped):
            return {"service": service["service"], "text": text}
    for address in host["addresses"] if services else []:
        for port in host["ports"] if _is_ours(address) else []:
            if reason := no_answer(address, port):
                return {"service": "", "text": f"nothing answers at {address} port {port}: {reason}"}
    return {}


def _unwell(service: dict[str, Any], stopped: set[str]) -> str:
    if units := [unit for unit in service["units"] if unit in stopped]:
        return f"{', '.join(units)} is not running"
    for place in service["listen"]:
        if reason := refused(str(place)):
            return f"{service['service']} does not answer at {place}: {reason}"
    for argv in service["probe"]:
        code, text = run(argv)
        if code:
            last = text.splitlines()[-1:] or [f"`{' '.join(argv)}` ended with {code}"]
            return f"{service['service']} is not well: {last[0]}"
    return ""


def _looping(services: list[dict[str, Any]], often: int) -> dict[str, str]:
    restarts = _restarts(services)
    for service in services:
        for unit in service["units"]:
            if restarts[unit] >= often:
                return {"service": service["service"], "text": f"{unit} ended by itself {restarts[unit]} times"}
    return {}


def _restarts(services: list[dict[str, Any]]) -> dict[str, int]:
    found = shown(_units(services), "Id", "NRestarts")  # timers have no number, and a block must not be empty
    return {unit: int(state.get("NRestarts") or 0) for unit, state in found.items()}


def _units(services: list[dict[str, Any]]) -> list[str]:
    return [unit for service in services for unit in service["units"]]


def _is_ours(address: str) -> bool:
    """Whether this machine has the address itself; a provider may translate it."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        try:
            probe.bind((address, 0))
        except OSError as error:
            return error.errno != errno.EADDRNOTAVAIL
    return True
