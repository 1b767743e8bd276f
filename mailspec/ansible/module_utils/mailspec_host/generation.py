"""Generations: what mailspec has put on this server, each with its files and services."""

import grp
import json
import os
import pwd
import shutil
from pathlib import Path
from typing import Any

from . import journal

GENERATIONS = journal.STATE / "generations"
CURRENT = GENERATIONS / "current"
KEEP = 5
SCHEMA_VERSION = 2


def load() -> dict[str, Any]:
    """The manifest of the current generation; an empty one on a fresh server."""
    if not CURRENT.exists():
        return {"id": 0, "files": {}, "services": {}}
    manifest: dict[str, Any] = json.loads((CURRENT / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def stage_directory(run: str, check: bool) -> Path:
    """Where the files of this run wait for the switch; a check leaves nothing behind and works below /run."""
    return Path("/run") / f"mailspec-check-{run}" if check else journal.STATE / f"stage-{run}"


def prepare_state() -> None:
    """The directories of the state, private from the start."""
    journal.STATE.mkdir(mode=0o755, exist_ok=True)
    GENERATIONS.mkdir(mode=0o700, exist_ok=True)


def write_staged(path: Path, data: bytes, owner: str, group: str, mode: str) -> None:
    """Write a staged file; it has owner and mode before it has content."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchown(descriptor, *ids(owner, group))
        os.fchmod(descriptor, int(mode, 8))
        file.write(data)


def ids(owner: str, group: str) -> tuple[int, int]:
    """The numbers of a user and a group."""
    return pwd.getpwnam(owner).pw_uid, grp.getgrnam(group).gr_gid


def differs(path: Path, owner: str, group: str, mode: str) -> str:
    """How the attributes of a live file differ, or nothing."""
    status = path.stat()
    try:
        if (status.st_uid, status.st_gid) != ids(owner, group):
            return "owner"
    except KeyError:
        return "owner"
    return "mode" if status.st_mode & 0o7777 != int(mode, 8) else ""


def create(manifest: dict[str, Any], staged: Path, removed: list[str]) -> Path:
    """Write the next generation: the files of the current one with the staged ones over them."""
    target = GENERATIONS / f"{manifest['id']:06d}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o700)
    if CURRENT.exists():
        shutil.copytree(CURRENT / "files", target / "files", copy_function=os.link)
    for path in removed:
        (target / "files" / path.lstrip("/")).unlink(missing_ok=True)
    for source in sorted(staged.rglob("*")):
        if source.is_file():
            journal.copy(source, target / "files" / source.relative_to(staged))
    (target / "files").mkdir(exist_ok=True)
    journal.write_private(target / "manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
    return target


def make_current(target: Path) -> None:
    """Point `current` at a generation in one step, and forget the oldest ones."""
    link = GENERATIONS / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(CURRENT)
    journal.sync_directory(GENERATIONS)
    old = sorted(entry for entry in GENERATIONS.iterdir() if entry.name.isdigit() and entry.name <= target.name)
    for entry in old[:-KEEP]:
        shutil.rmtree(entry)
