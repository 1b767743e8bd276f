"""Drift of files: managed ones, others beside them that nobody declared, and what is compiled from them."""

import grp
import hashlib
import pwd
import re
import tempfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from . import hand
from .command import run
from .difference import Item, item

DPKG = Path("/var/lib/dpkg")
UCF = Path("/var/lib/ucf/hashfile")
UNIT_FOLDERS = (
    "/etc/systemd/system",
    "/etc/systemd/system.control",
    "/run/systemd/system",
    "/run/systemd/system.control",
)
_CONFFILE = re.compile(r"^ (/\S.*) ([0-9a-f]{32})(?: obsolete| remove-on-upgrade)*$", re.MULTILINE)


def managed(current: dict[str, Any]) -> Iterator[Item]:
    """Managed files that somebody edited, removed, or gave another owner or mode."""
    for path, entry in current["files"].items():
        if not hand.known(path).is_file():
            yield item("generation", path, "the copy in the generation is missing")
        edit = hand.edit(path, current)
        if edit:
            hidden = entry["secret"] or edit in {"removed by hand", hand.DIRECTORY}
            yield item("file", path, edit, "" if hidden else hand.diff(path))
        if edit in {"", "changed by hand"} and (fact := access(Path(path), entry)):
            yield item("access", path, fact)


def access(path: Path, entry: dict[str, Any]) -> str:
    """How owner and mode of a file differ, in words."""
    if not path.exists():
        return ""
    status = path.stat()
    owner, mode = f"{_name(pwd.getpwuid, status.st_uid)}:{_name(grp.getgrgid, status.st_gid)}", status.st_mode & 0o7777
    facts = []
    if owner != f"{entry['owner']}:{entry['group']}":
        facts.append(f"owner {owner} instead of {entry['owner']}:{entry['group']}")
    if mode != int(entry["mode"], 8):
        facts.append(f"mode {mode:04o} instead of {entry['mode']}")
    return ", ".join(facts)


def foreign(current: dict[str, Any]) -> Iterator[Item]:
    """Files in the folders of our services that are neither ours nor as a package made them."""
    made = {_output(path, entry["compile"]) for path, entry in current["files"].items() if entry["compile"]}
    found: dict[str, list[str]] = {}
    for service in current["services"].values():
        for path in _beside(service):
            found.setdefault(path, []).extend(service.get("grown", []))
    candidates = {
        path: grown
        for path, grown in found.items()
        if path not in current["files"] and path not in made and not any(fnmatch(path, one) for one in grown)
    }
    for path, fact in sorted(_unpackaged(candidates).items()):
        yield item("extra", path, fact)


def compiled(current: dict[str, Any]) -> Iterator[Item]:
    """Files compiled from managed ones that are missing, older than their source, or not what it compiles to."""
    for path, entry in current["files"].items():
        if not entry["compile"] or not Path(path).is_file():
            continue
        output = Path(_output(path, entry["compile"]))
        if not output.is_file():
            yield item("compiled", str(output), f"missing; `{entry['compile']}` makes it from {path}")
        elif output.stat().st_mtime < Path(path).stat().st_mtime:
            yield item("compiled", str(output), f"older than {path}")
        elif not _is_compiled(path, entry["compile"], output):
            yield item("compiled", str(output), f"not what `{entry['compile']}` makes from {path}")


def _name(lookup: Any, number: int) -> str:
    try:
        return str(lookup(number)[0])
    except KeyError:
        return str(number)


def _beside(service: dict[str, Any]) -> Iterator[str]:
    """Every file in the folders of a service, and every file that changes its units."""
    patterns = list(service.get("folders", []))
    for unit in service["units"]:
        template = re.sub(r"@.*\.", "@.", unit)
        for folder in UNIT_FOLDERS:
            patterns += [f"{folder}/{name}{end}" for name in {unit, template} for end in ("", ".d")]
    for pattern in patterns:
        for top in Path("/").glob(pattern.lstrip("/")):
            if top.is_dir() and not top.is_symlink():
                yield from (str(path) for path in top.rglob("*") if path.is_symlink() or not path.is_dir())
            elif not (top.is_symlink() and str(top.readlink()) == "/dev/null"):  # masked, which its state tells
                yield str(top)


def _unpackaged(paths: Iterable[str]) -> dict[str, str]:
    """Those of the files that no package made as they are, with what is strange about them."""
    left = set(paths)
    if not left:
        return {}
    status = (DPKG / "status").read_text(encoding="utf-8", errors="replace")
    sums = {path: digest for path, digest in _CONFFILE.findall(status) if path in left}
    if UCF.exists():
        for line in UCF.read_text(encoding="utf-8", errors="replace").splitlines():
            digest, _, path = line.partition("  ")
            if path in left:
                sums[path] = digest
    listed = set()
    for source in DPKG.glob("info/*.list"):
        listed |= left.intersection(source.read_text(encoding="utf-8", errors="replace").splitlines())
    for source in DPKG.glob("info/*.md5sums") if listed - sums.keys() else ():
        for line in source.read_text(encoding="utf-8", errors="replace").splitlines():
            digest, _, path = line.partition("  ")
            if f"/{path}" in listed:
                sums.setdefault(f"/{path}", digest)
    return {path: fact for path in left if (fact := _strange(path, sums, listed))}


def _strange(path: str, sums: dict[str, str], listed: set[str]) -> str:
    file = Path(path)
    if file.is_symlink():
        return "" if path in listed else f"a link to {file.readlink()}, neither ours nor of a package"
    if path not in sums or not file.is_file():
        return "" if path in listed else "neither ours nor of a package"
    digest = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
    return "" if digest == sums[path] else "of a package, but changed by hand"


def _output(path: str, command: str) -> str:
    """The file a command makes from another."""
    return str(Path(path).with_suffix(".svbin")) if command == "sievec" else path


def _is_compiled(path: str, command: str, output: Path) -> bool:
    if command != "sievec":
        return True
    with tempfile.TemporaryDirectory(prefix="mailspec-drift-", dir="/run") as folder:
        made = Path(folder) / output.name
        if run([command, path, str(made)])[0]:
            return False
        return made.read_bytes() == output.read_bytes() or _dump(made) == _dump(output)


def _dump(file: Path) -> str:
    """What a compiled script does, without where it was compiled."""
    code, text = run(["sieve-dump", str(file), "-"])
    return text.partition("* Required extensions")[2] if code == 0 else f"unreadable {file}"
