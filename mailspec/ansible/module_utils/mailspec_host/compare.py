"""Compare: what differs between the wanted tree and this server, in one call and without a change."""

from pathlib import Path
from typing import Any

from . import digest, generation, journal, lease, rows, services, undo
from .command import run

_PAUSE, _INSTALLATION = 60, 1800
"""Seconds for which a run may not be heard of, usually and while packages are installed."""


def compare(wanted: dict[str, Any], check: bool) -> dict[str, Any]:
    """What differs: files, rows, packages, services; with the old text of files that are no secret, for a diff.

    When something differs, this run takes the lease, and others are refused until it ends.
    """
    if check:
        return _compare(wanted)
    lease.refuse_others(wanted["lease"])  # at once, whatever it is that the other does
    with journal.locked(lease.patience(wanted["lease"])) as alone:
        if not alone:
            raise lease.unlocked()
        lease.refuse_others(wanted["lease"])
        undone = undo.recover()
        found = _compare(wanted) | {"undone": undone["generation"] if undone else 0}
        rows_differ = any(table["buckets"] for table in found["rows"].values())
        if any(found[name] for name in ("files", "idle", "packages")) or rows_differ or not found["has_rows"]:
            lease.take(wanted["lease"], _INSTALLATION if found["packages"] else _PAUSE)
    return found


def _compare(wanted: dict[str, Any]) -> dict[str, Any]:
    current = generation.load()
    key = bytes.fromhex(wanted["key"])
    files = {path: found for path, entry in wanted["files"].items() if (found := _file(key, path, entry, current))}
    leftover = {
        path: {"why": "leftover", "service": entry["service"], **_before(path, entry["secret"])}
        for path, entry in current["files"].items()
        if path not in wanted["files"] and Path(path).exists()
    }
    idle = {name: units for name, entry in current["services"].items() if (units := services.idle(entry["units"]))}
    return {
        "undone": 0,
        "files": files | leftover,
        "idle": idle,
        "rows": rows.compare(key, wanted["rows"]),
        "has_rows": journal.LOOKUP.exists(),
        "packages": _missing(wanted["packages"]),
        "generation": current["id"],
        "about": {name: current.get(name, "") for name in ("by", "time", "reason")},
    }


def _file(key: bytes, path: str, entry: dict[str, Any], current: dict[str, Any]) -> dict[str, Any] | None:
    live = Path(path)
    if live.is_symlink() or not live.is_file():
        return {"why": "new", "service": entry["service"]}
    if digest.content(key, live.read_bytes()) != entry["digest"]:
        known = generation.CURRENT / "files" / path.lstrip("/")
        by_hand = path in current["files"] and known.exists() and known.read_bytes() != live.read_bytes()
        why = "changed by hand" if by_hand else "content"
        return {"why": why, "service": entry["service"], **_before(path, entry["secret"])}
    if why := generation.differs(live, entry["owner"], entry["group"], entry["mode"]):
        return {"why": why, "service": entry["service"], **_before(path, entry["secret"])}
    return None


def _before(path: str, secret: bool) -> dict[str, str]:
    return {} if secret else {"before": Path(path).read_text(encoding="utf-8", errors="replace")}


def _missing(packages: list[str]) -> list[str]:
    _, text = run(["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *packages])
    installed = {line.split()[0] for line in text.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]
