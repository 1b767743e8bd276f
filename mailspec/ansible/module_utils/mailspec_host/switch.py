"""Switch: the one moment of change. Files and rows of all services together, then reload and health.

Whatever fails, the state before comes back, of all services.
"""

import fnmatch
import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

from . import generation, hand, journal, rows, services
from .command import must, run


class SwitchError(Exception):
    """The new generation did not work; the old one is back."""


def switch(run_id: str, about: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Make the staged files and the row changes live; returns the generation and what it changed.

    Raises SwitchError with the daemons' words after everything is back.
    """
    generation.prepare_state()
    with journal.locked():
        return _switch(generation.stage_directory(run_id, False), about, changes)


def go_back() -> dict[str, Any] | None:
    """Undo a switch that did not end, with its services; returns its journal, or None if there is none.

    A service that the old generation does not know was only just configured: it stops rather than run half configured.
    """
    entry = journal.read()
    if entry is None:
        return None
    units = [unit for service in reversed(entry["fresh"]) for unit in service["units"]]
    for unit in units:
        if run(["systemctl", "cat", unit])[0] == 0:
            must(["systemctl", "disable", "--now", unit])
    journal.undo()
    _compile(entry["compile"], entry["paths"])
    services.bring_up(entry["services"])
    return entry


def _switch(stage: Path, about: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    current = generation.load()
    changes = changes | hand.forget()
    touched = _services(stage)
    removed = (stage / "removed").read_text(encoding="utf-8").split() if touched else []
    staged = stage / "files"
    paths = sorted(f"/{source.relative_to(staged)}" for source in staged.rglob("*") if source.is_file())
    known = current["services"] | {service["service"]: _lasting(service) for service in touched}
    manifest = {**about, "id": current["id"] + 1, "services": known}
    touched += _watching(current["services"], touched, paths)
    target = generation.create(manifest, staged, removed)
    started = time.time()
    _save(paths + removed, target / "replaced")
    for service in touched:
        service["restart"] = _needs_restart(service, target)
    entry = {
        "generation": manifest["id"],
        "saved": str(target / "replaced"),
        "paths": paths + removed,
        "rows": rows.inverse(changes),
        "services": [service for service in touched if service["service"] in current["services"]],
        "fresh": [service for service in touched if service["service"] not in current["services"]],
        "compile": {path: entry["compile"] for path, entry in current["files"].items() if entry["compile"]},
    }
    journal.write_private(journal.JOURNAL, json.dumps(entry))
    try:
        for path in paths:
            journal.copy(staged / path.lstrip("/"), Path(path))
        for path in removed:
            Path(path).unlink(missing_ok=True)
        _compile({path: file["compile"] for path, file in manifest["files"].items()}, paths)
        with journal.lookup() as database:
            journal.change_rows(database, changes)
        services.bring_up(touched)
        _end_sessions(changes)
        trouble = services.sick(touched)
        if trouble:
            raise SwitchError(trouble)
    except Exception as error:
        said = services.words(touched, started)
        go_back()
        shutil.rmtree(target)
        raise SwitchError(f"{error}\n{said}".strip()) from error
    generation.make_current(target)
    journal.JOURNAL.unlink()
    shutil.rmtree(stage, ignore_errors=True)
    return {"generation": manifest["id"], "files": paths, "removed": removed}


def _services(stage: Path) -> list[dict[str, Any]]:
    order = stage / "order"
    names = order.read_text(encoding="utf-8").split() if order.exists() else []
    return [json.loads((stage / f"{name}.json").read_text(encoding="utf-8")) for name in dict.fromkeys(names)]


def _lasting(service: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in service.items() if key not in {"changed", "files", "restart"}}


def _watching(known: dict[str, Any], touched: list[dict[str, Any]], paths: list[str]) -> list[dict[str, Any]]:
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


def _needs_restart(service: dict[str, Any], target: Path) -> bool:
    """Whether a file changed that the service reads only when it starts; `path#pattern` means some lines of it."""
    for rule in service["restart_on"]:
        path, _, pattern = rule.partition("#")
        for changed in fnmatch.filter(service["changed"], path):
            versions = (target / "replaced" / changed.lstrip("/"), target / "files" / changed.lstrip("/"))
            texts = [file.read_text(encoding="utf-8") if file.exists() else "" for file in versions]
            old, new = ([line for line in text.splitlines() if re.search(pattern, line)] for text in texts)
            if old != new:
                return True
    return False


def _end_sessions(changes: dict[str, Any]) -> None:
    """Who may not log in any more must not stay logged in either."""
    accounts = changes.get("account", {"put": [], "drop": []})
    closed = [row[0] for row in accounts["put"] if not row[2]] + [key[0] for key in accounts["drop"]]
    for login in closed:
        run(["doveadm", "kick", login])


def _save(paths: list[str], saved: Path) -> None:
    for path in paths:
        if Path(path).is_file():
            journal.copy(Path(path), saved / path.lstrip("/"))


def _compile(commands: dict[str, str], paths: list[str]) -> None:
    for path in paths:
        if (command := commands.get(path)) and Path(path).exists():
            must([command, path])
