"""The services that a switch touches: which are staged, which end, and which only see files of others change."""

import fnmatch
import json
import re
from pathlib import Path
from typing import Any


def staged(stage: Path) -> list[dict[str, Any]]:
    """What the roles said of the services that were staged, in order."""
    order = stage / "order"
    names = order.read_text(encoding="utf-8").split() if order.exists() else []
    return [json.loads((stage / f"{name}.json").read_text(encoding="utf-8")) for name in dict.fromkeys(names)]


def parted(touched: list[dict[str, Any]], known: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those that go on, and those that end: a service without a file of its own is not there any more."""
    ending = [service for service in touched if not service["files"] and service["service"] in known]
    return [service for service in touched if service["files"]], ending


def lasting(
    known: dict[str, Any], touched: list[dict[str, Any]], ending: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What a generation remembers of its services."""
    found = known | {service["service"]: _lasting(service) for service in touched}
    return {name: said for name, said in found.items() if name not in {service["service"] for service in ending}}


def _lasting(service: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in service.items() if key not in {"changed", "files", "restart"}}


def watching(known: dict[str, Any], touched: list[dict[str, Any]], paths: list[str]) -> list[dict[str, Any]]:
    """Services that read files of another one, such as the certificate, and must reload when those change."""
    staged = {service["service"]: service for service in touched}
    found = []
    for name, service in {**known, **staged}.items():
        seen = [path for path in paths for pattern in service["watch"] if fnmatch.fnmatch(path, pattern)]
        if seen and name in staged:
            staged[name]["changed"] += seen
        elif seen:
            found.append({**service, "changed": seen})
    return found


def needs_restart(service: dict[str, Any], staged: Path) -> bool:
    """Whether a file changes that the service reads only when it starts; `path#pattern` means some lines of it."""
    for rule in service["restart_on"]:
        path, _, pattern = rule.partition("#")
        for changed in fnmatch.filter(service["changed"], path):
            versions = (Path(changed), staged / changed.lstrip("/"))
            texts = [file.read_text(encoding="utf-8") if file.exists() else "" for file in versions]
            old, new = ([line for line in text.splitlines() if re.search(pattern, line)] for text in texts)
            if old != new:
                return True
    return False
