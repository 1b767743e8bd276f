"""The ground a canary stands on: /etc as it will be, and nothing below it that belongs to the live server."""

import os
import re
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from .. import hyperscan, room
from ..command import run

_ROOM = Path("/tmp")  # noqa: S108 - the one of the room
_SHALLOW = ("cache", "lib", "log", "spool")
"""Directories of /var whose own directories exist again, empty; of the others only they themselves."""

_SCRIPTS = Path("/etc/dovecot/sieve/domains")
"""Scripts of domains: what they file, discard or forward is nothing that a message of the canary may depend on."""


def lay(etc: Path, staged: Path, removed: Iterable[str]) -> list[str]:
    """Cover everything daemons read or write; returns what `systemd-tmpfiles` says against the staged files."""
    room.bind(etc, "/etc")
    if _SCRIPTS.is_dir():
        room.mount("tmpfs", _SCRIPTS, "tmpfs", options="mode=0755")
    _lay_others(staged, removed)
    room.read_only("/")
    room.mount("tmpfs", _ROOM, "tmpfs", options="mode=1777")
    for name in ("var", "run", "shm"):
        (_ROOM / name).mkdir()
    (_ROOM / "shm").chmod(0o1777)
    _skeleton(Path("/var"), _ROOM / "var", deep=True)
    for file in hyperscan.compiled():
        _take(file, _ROOM / str(file).lstrip("/"))
    for name, target in (("var", "/var"), ("run", "/run"), ("shm", "/dev/shm")):  # noqa: S108
        room.bind(_ROOM / name, target)
    # whether a daemon runs under systemd is asked of this directory
    Path("/run/systemd/system").mkdir(parents=True)
    Path("/run/systemd/journal").mkdir()
    code, text = run(["systemd-tmpfiles", "--create", "--prefix=/var", "/etc/tmpfiles.d/mailspec.conf"])
    return text.splitlines() or ([f"systemd-tmpfiles ended with {code}"] if code else [])


def change(path: str, text: str) -> None:
    """Let the room see a file with another text; what is staged stays as it is."""
    source = _ROOM / path.replace("/", "_")
    source.write_text(text, encoding="utf-8")
    shutil.copystat(path, source)
    status = Path(path).stat()
    os.chown(source, status.st_uid, status.st_gid)
    room.bind(source, path)


def hurry(master: str) -> str:
    """master.cf with a postscreen that lets strangers wait for one second instead of six; all else stays."""
    service = r"(?m)^(smtp\s+inet\s.*\spostscreen\b.*(?:\n[ \t]+\S.*)*)"
    return re.sub(service, r"\1\n  -o postscreen_greet_wait=1s", master, count=1)


def direct(main: str) -> str:
    """main.cf without a relay: nobody in the room has its certificate or knows its password."""
    if not re.search(r"(?m)^relayhost = \S", main):
        return main
    for name, value in (("relayhost", ""), ("smtp_tls_security_level", " may"), ("smtp_tls_wrappermode", " no")):
        main = re.sub(rf"(?m)^{name} =.*$", f"{name} ={value}", main)
    return main


def _lay_others(staged: Path, removed: Iterable[str]) -> None:
    """Files outside /etc: each of their directories is covered by a copy with the staged files in it."""
    files = {f"/{file.relative_to(staged)}": file for file in staged.rglob("*") if file.is_file()}
    folders = {Path(path).parent for path in (*files, *removed) if not path.startswith("/etc/")}
    for number, folder in enumerate(sorted(folders)):
        base = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
        room.mount("tmpfs", "/mnt", "tmpfs", options="mode=0755")
        copy = Path("/mnt", str(number))
        shutil.copytree(base, copy, symlinks=True)
        target = copy / folder.relative_to(base)
        target.mkdir(parents=True, exist_ok=True)
        for path, file in files.items():
            if Path(path).parent == folder:
                _take(file, target / file.name)
        for path in removed:
            if Path(path).parent == folder:
                (target / Path(path).name).unlink(missing_ok=True)
        room.bind(copy, base)


def _take(source: Path, target: Path) -> None:
    status = source.stat()
    shutil.copy2(source, target)
    os.chown(target, status.st_uid, status.st_gid)


def _skeleton(source: Path, target: Path, *, deep: bool) -> None:
    """The directories of the live server with owner and mode, empty."""
    for entry in os.scandir(source):
        copy = target / entry.name
        if entry.is_symlink():
            copy.symlink_to(Path(entry.path).readlink())
        elif entry.is_dir():
            status = entry.stat()
            copy.mkdir()
            os.chown(copy, status.st_uid, status.st_gid)
            copy.chmod(stat.S_IMODE(status.st_mode))
            if deep and entry.name in _SHALLOW:
                _skeleton(Path(entry.path), copy, deep=False)
