"""Compare: what differs between the wanted tree and this server, in one call and without a change."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import (
    digest,
    drift_files,
    drift_system,
    generation,
    hand,
    journal,
    lease,
    mailboxes,
    rows,
    services,
    tombstone,
    undo,
)
from .command import run

_PAUSE, _INSTALLATION = 60, 1800
"""Seconds for which a run may not be heard of, usually and while packages are installed."""


def compare(wanted: dict[str, Any], check: bool) -> dict[str, Any]:
    """What differs: files, rows, packages, services; with the old text of files that are no secret, for a diff.

    `stopped` names the hand edits that the run would destroy, unless it may: then nothing else must happen. When
    something differs, this run takes the lease, and others are refused until it ends.
    """
    if check:
        return _compare(wanted, keep=False)
    with lease.alone(wanted["lease"]):
        undone = undo.recover()
        mailboxes.forget_old_names()
        found = _compare(wanted, keep=True) | {"undone": undone["generation"] if undone else 0}
        rows_differ = found["rows_by_hand"] or any(table["ranges"] for table in found["rows"].values())
        differs = rows_differ or not found["has_rows"] or any(found[name] for name in ("files", "idle", "packages"))
        if differs and not found["stopped"]:
            lease.take(wanted["lease"], _INSTALLATION if found["packages"] else _PAUSE)
    return found


def _compare(wanted: dict[str, Any], *, keep: bool) -> dict[str, Any]:
    current = generation.load()
    key = bytes.fromhex(wanted["key"])
    files = {path: found for path, entry in wanted["files"].items() if (found := _file(key, path, entry, current))}
    leftover = {
        path: {"why": _leftover(path, current), "service": entry["service"], **_before(path, entry["secret"])}
        for path, entry in current["files"].items()
        if path not in wanted["files"] and os.path.lexists(path)
    }
    files |= leftover
    for path, why in _derived(current):
        if path in wanted["files"] and path not in files:
            entry = wanted["files"][path]
            files[path] = {"why": why, "service": entry["service"], **_before(path, entry["secret"])}
    stopped = _stopped(files, wanted, current)
    return {
        "undone": 0,
        "files": files,
        "stopped": stopped,
        "idle": services.idle_by_service(current["services"]),
        "rows": rows.compare(key, wanted["rows"], keep=keep and not stopped),
        "rows_by_hand": [[row["table"], *row["key"]] for row in hand.rows({})],
        "has_rows": journal.LOOKUP.exists(),
        "is_outdated": rows.is_outdated(),
        "tombstones": tombstone.found(),
        "moves": tombstone.moves(wanted["renamed"]),
        "packages": _missing(wanted["packages"]),
        "generation": current["id"],
        "about": {name: current.get(name, "") for name in ("by", "time", "reason")},
    }


def _file(key: bytes, path: str, entry: dict[str, Any], current: dict[str, Any]) -> dict[str, Any] | None:
    live, service = Path(path), {"service": entry["service"]}
    by_hand = hand.edit(path, current)
    if live.is_symlink() or not live.is_file():
        return {"why": by_hand or "new", **service}
    if digest.content(key, live.read_bytes()) != entry["digest"]:
        return {"why": by_hand or "content", **service, **_before(path, entry["secret"])}
    if by_hand:
        # somebody wrote what the spec now says: the generation must know, or the next change would look like theirs
        return {"why": "as the spec says now", **service, **_before(path, entry["secret"])}
    if why := generation.differs(live, entry["owner"], entry["group"], entry["mode"]):
        names = ("owner", "group", "mode")
        known = current["files"].get(path)
        if known and [known[name] for name in names] == [entry[name] for name in names]:
            why = f"{why} changed by hand"
        return {"why": why, **service, **_before(path, entry["secret"])}
    return None


def _derived(current: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Managed files as they should be, of which what a service made is not: they are put in place once more."""
    for path, entry in current["files"].items():
        if entry["compile"] and any(drift_files.compiled({"files": {path: entry}})):
            yield path, "compiled file changed by hand"
    if any(item["diff"] for item in drift_system.firewall(current)):
        yield drift_system.RULES, "rules in the kernel changed by hand"


def _leftover(path: str, current: dict[str, Any]) -> str:
    return hand.edit(path, current) or "leftover"


def _stopped(files: dict[str, Any], wanted: dict[str, Any], current: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The differing files that this run may not replace, with what hands did to them; a directory is never replaced."""
    edits = [hand.DIRECTORY] if wanted["hand_edits"] == "replace" else hand.EDITS
    found = {}
    for path, entry in files.items():
        if entry["why"] in edits:
            both = (wanted["files"].get(path, {}), current["files"][path])
            secret = any(side.get("secret") for side in both)
            text = "" if secret or entry["why"] == "removed by hand" else hand.diff(path)
            found[path] = {"why": entry["why"], "diff": text}
    return found


def _before(path: str, secret: bool) -> dict[str, str]:
    if secret or not Path(path).is_file():
        return {}
    return {"before": Path(path).read_text(encoding="utf-8", errors="replace")}


def _missing(packages: list[str]) -> list[str]:
    _, text = run(["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *packages])
    installed = {line.split()[0] for line in text.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]
