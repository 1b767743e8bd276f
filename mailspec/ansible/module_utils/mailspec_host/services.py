"""Services: start them, make them read their configuration, bring them back.

A service is what its role says: units, the command that reloads it, files that need a restart, where it listens.
"""

import re
from typing import Any

from .command import CommandError, must, run


def idle(units: list[str]) -> list[str]:
    """The units that are not running or will not start at boot."""
    running = {"active", "reloading"}
    enabled = {"enabled", "static", "indirect", "generated", "alias", "enabled-runtime"}
    return [
        unit
        for unit, state in shown(units, "ActiveState", "UnitFileState").items()
        if state["ActiveState"] not in running or state["UnitFileState"] not in enabled
    ]


def shown(units: list[str], *properties: str) -> dict[str, dict[str, str]]:
    """Properties of units, as systemd shows them."""
    if not units:
        return {}
    _, text = run(["systemctl", "show", f"--property={','.join(properties)}", *units])
    states = [dict(line.split("=", 1) for line in block.splitlines()) for block in text.split("\n\n")]
    return dict(zip(units, states, strict=True))


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
