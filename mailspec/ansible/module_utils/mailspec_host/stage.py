"""Stage and check: the differing files of one service wait beside the live ones, and its own checker reads them.

The checker sees them in place: in a mount namespace of its own, a copy of /etc with the staged files lies over /etc.
"""

import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

from . import generation, journal, rows
from .command import TROUBLE, must, run

_PLACE = re.compile(r"(?P<path>/(?:etc|usr|var|run)/[^\s:,'\"]+)(?:(?:,? (?:on |at )?line |:)(?P<line>\d+))?")
_OVER = 'mount --make-rprivate / && mount --bind "$0" /etc && exec "$@"'


def stage(payload: dict[str, Any], check: bool) -> dict[str, Any]:
    """Stage the files of one service; returns what its checker says against them and which checks were unchecked."""
    if not check:
        generation.prepare_state()
    service, removed = payload["service"], payload["removed"]
    directory = generation.stage_directory(payload["run"], check)
    directory.mkdir(mode=0o700, exist_ok=True)
    staged, candidate = directory / "files", directory / "etc"
    if not candidate.exists():
        must(["cp", "--archive", "/etc", str(candidate)])
    private = {"owner": "root", "group": "root"} if check else {}
    for file in payload["files"]:
        _write(staged, candidate, {**file, **private})
    for path in removed:
        if path.startswith("/etc/"):
            (candidate / path.removeprefix("/etc/")).unlink(missing_ok=True)
    if not check:
        for argv in service["prepare"]:
            must([word.replace("{etc}", str(candidate)) for word in argv])
        for name in ("group", "gshadow", "passwd", "shadow"):  # what was prepared may be users
            journal.copy(Path("/etc", name), candidate / name)
        rows.create(payload["schema"], payload["watch"])
    if journal.LOOKUP.exists():
        findings, unchecked = _check(service, candidate)
    else:
        findings, unchecked = [], ["the lookup database is not there yet"]
    if findings and check:
        shutil.rmtree(directory)
    elif not findings:
        journal.write_private(directory / f"{service['service']}.json", json.dumps(service))
        order = directory / "order"
        with order.open("a", encoding="utf-8") as file:
            file.write(service["service"] + "\n")
        with (directory / "removed").open("a", encoding="utf-8") as file:
            file.writelines(f"{path}\n" for path in removed)
    return {"findings": findings, "unchecked": unchecked}


def _write(staged: Path, candidate: Path, file: dict[str, Any]) -> None:
    data = base64.b64decode(file["content"])
    path = file["path"]
    generation.write_staged(staged / path.lstrip("/"), data, file["owner"], file["group"], file["mode"])
    if path.startswith("/etc/"):
        over = candidate / path.removeprefix("/etc/")
        journal.copy(staged / path.lstrip("/"), over)


def _check(service: dict[str, Any], candidate: Path) -> tuple[list[dict[str, Any]], list[str]]:
    findings: list[dict[str, Any]] = []
    unchecked: list[str] = []
    for argv in service["check"]:
        if not shutil.which(argv[0], path="/usr/sbin:/usr/bin:/sbin:/bin"):
            unchecked.append(f"`{argv[0]}` is not installed yet")
            continue
        code, text = run(["unshare", "--mount", "sh", "-c", _OVER, str(candidate), *argv])
        lines = [line for line in text.splitlines() if not any(re.search(p, line) for p in service["harmless"])]
        bad = [line for line in lines if TROUBLE.search(line)]
        if code and not bad:
            bad = lines[-3:] or [f"`{' '.join(argv)}` ended with {code}"]
        findings += [_finding(line, candidate, service) for line in bad]
    told = {re.sub(r"^\S*/?\w+: ", "", finding["text"]): finding for finding in reversed(findings)}
    return list(reversed(told.values())), unchecked


def _finding(text: str, candidate: Path, service: dict[str, Any]) -> dict[str, Any]:
    """A line of a checker with the file and line it means, as far as its words tell."""
    text = text.replace(str(candidate), "/etc")
    places = [match for match in _PLACE.finditer(text) if match["path"] in service["files"]]
    exact = next((match for match in places if match["line"]), None)
    if exact:
        return {"text": text, "path": exact["path"], "line": int(exact["line"])}
    paths = [match["path"] for match in places] or service["files"]
    # The rarest words tell most: names with a `_` or a path before plain English.
    words = sorted(set(re.findall(r"[\w./:-]*\w", text)), key=lambda word: (not re.search(r"[_/.]", word), -len(word)))
    for word in words:
        for path in paths:
            if len(word) > 2 and word != path and (line := _only_line(candidate, path, word)):
                return {"text": text, "path": path, "line": line}
    return {"text": text, "path": paths[0] if places else "", "line": 0}


def _only_line(candidate: Path, path: str, word: str) -> int:
    """The line of a staged file that holds a word, if exactly one does."""
    file = candidate / path.removeprefix("/etc/")
    if not path.startswith("/etc/") or not file.exists():
        return 0
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    hits = [number for number, line in enumerate(lines, 1) if word in line]
    return hits[0] if len(hits) == 1 else 0


def discard(run_id: str, check: bool) -> None:
    """Remove what a run staged."""
    shutil.rmtree(generation.stage_directory(run_id, check), ignore_errors=True)
