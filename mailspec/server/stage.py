"""Stage and check: the differing files of one service wait beside the live ones, and its own checker reads them.

The checker sees them in place: in a mount namespace of its own, a copy of /etc with the staged files lies over /etc.
"""

import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

from . import checks, copies, findings, generation, journal, lease, rows
from .command import TROUBLE, must, run

_OVER = 'mount --make-rprivate / && mount --bind "$0" /etc && exec "$@"'


def stage(payload: dict[str, Any], check: bool) -> dict[str, Any]:
    """Stage the files of one service; returns what its checker says against them and which checks were unchecked."""
    if not check:
        generation.prepare_state()
        lease.renew(payload["run"])
    service, removed = payload["service"], payload["removed"]
    directory = generation.stage_directory(payload["run"], check)
    directory.mkdir(mode=0o700, exist_ok=True)
    staged, candidate = directory / "files", directory / "etc"
    if not candidate.exists():
        must(["cp", "--archive", "/etc", str(candidate)])
    for file in payload["files"]:
        _write(staged, candidate, file if not check or _is_known(file) else {**file, "owner": "root", "group": "root"})
    for path in removed:
        if path.startswith("/etc/"):
            (candidate / path.removeprefix("/etc/")).unlink(missing_ok=True)
    if not check:
        for argv in service["prepare"]:
            must([word.replace("{etc}", str(candidate)) for word in argv])
        for name in ("group", "gshadow", "passwd", "shadow"):  # what was prepared may be users
            copies.copy(Path("/etc", name), candidate / name)
        rows.create(payload["schema"])
    found: list[dict[str, Any]] = []
    unchecked: list[str] = []
    if service["files"] and journal.LOOKUP.exists():
        lookup = rows.scratch(directory / "lookup", payload["schema"]) if payload["anew"] else journal.LOOKUP.parent
        found, unchecked = _check(service, candidate, lookup)
    elif service["files"]:  # without any it ends
        unchecked = ["the lookup database is not there yet"]
    if found:
        discard(payload["run"], check)
    else:
        journal.write_private(directory / f"{service['service']}.json", json.dumps(service))
        names = directory / "order"
        with names.open("a", encoding="utf-8") as file:
            file.write(service["service"] + "\n")
        with (directory / "removed").open("a", encoding="utf-8") as file:
            file.writelines(f"{path}\n" for path in removed)
    return {"findings": found, "unchecked": unchecked}


def _is_known(file: dict[str, Any]) -> bool:
    """Whether owner and group are there yet; a check makes none."""
    try:
        generation.ids(file["owner"], file["group"])
    except KeyError:
        return False
    return True


def _write(staged: Path, candidate: Path, file: dict[str, Any]) -> None:
    data = base64.b64decode(file["content"])
    path = file["path"]
    generation.write_staged(staged / path.lstrip("/"), data, file["owner"], file["group"], file["mode"])
    if path.startswith("/etc/"):
        over = candidate / path.removeprefix("/etc/")
        copies.copy(staged / path.lstrip("/"), over)


def order(directory: Path, files: dict[str, str], names: list[str]) -> dict[str, Any]:
    """Every service of the server as it will be, in order, with its files: as staged, else as the last generation."""
    known = generation.load()["services"]
    services = []
    for name in names:
        path = directory / f"{name}.json"
        staged = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        own = sorted(path for path, service in files.items() if service == name)
        said: dict[str, Any] = {"units": [], "listen": [], "probe": [], "harmless": []}
        said |= (staged or known.get(name) or {}) if own else {}  # without a file of its own there is no service
        services.append({**said, "service": name, "files": own})
    removed = directory / "removed"
    return {"services": services, "removed": removed.read_text(encoding="utf-8").split() if removed.exists() else []}


def _check(service: dict[str, Any], candidate: Path, lookup: Path) -> tuple[list[dict[str, Any]], list[str]]:
    said: list[str] = []
    unchecked: list[str] = []
    for argv in service["check"]:
        if not shutil.which(argv[0], path="/usr/sbin:/usr/bin:/sbin:/bin"):
            unchecked.append(f"`{argv[0]}` is not installed yet")
            continue
        code, text = run(["unshare", "--mount", "sh", "-c", _OVER, str(candidate), *argv])
        lines = _unexpected(text.splitlines(), service)
        bad = [line for line in lines if TROUBLE.search(line)]
        if code and not bad:
            bad = lines[-3:] or [f"`{' '.join(argv)}` ended with {code}"]
        said += bad
    if not unchecked:
        said += _unexpected(checks.strict(service["service"], candidate, lookup, service["files"]), service)
    pairs = [(service["service"], text) for text in said]
    return findings.placed(pairs, candidate, {service["service"]: service["files"]}), unchecked


def _unexpected(lines: list[str], service: dict[str, Any]) -> list[str]:
    return [line for line in lines if not any(re.search(pattern, line) for pattern in service["harmless"])]


def discard(run_id: str, check: bool) -> None:
    """Remove what a run staged, and let others work here: this run has come to its end."""
    shutil.rmtree(generation.stage_directory(run_id, check), ignore_errors=True)
    if not check:
        lease.release(run_id)
