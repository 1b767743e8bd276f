"""Where the old side of a plan comes from: a folder, a `mail.yml`, or a git revision of the spec's own folder.

A revision is read from git's store into a temporary folder; the work tree and the index are never touched.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .. import beside, files
from ..load import MAIN, SECTIONS
from ..problem import SpecError
from ..shown import shown
from ..vault import FILE as VAULT

_LOCAL = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
"""What a hook's environment says about the repository; it may be another one than the spec's."""


def folder_of(spec: Path) -> Path:
    """The folder of a spec that is named by its folder or its `mail.yml`."""
    return spec if spec.name != MAIN or files.is_folder(spec) else spec.parent


@contextmanager
def base_folder(spec: Path, base: str) -> Iterator[Path]:
    """The folder of the base; for a revision a temporary one, which is gone afterwards.

    Raises SpecError when there is no such folder and no such revision.
    """
    if _is_spec(Path(base)):
        yield folder_of(Path(base))
        return
    folder = folder_of(spec)
    with tempfile.TemporaryDirectory(prefix="mailspec-base-") as temporary:
        _extract(folder, base, Path(temporary))
        yield Path(temporary)


def _is_spec(path: Path) -> bool:
    if path.name == MAIN:
        return files.size(path) > 0
    return files.is_folder(path) and files.size(path / MAIN) > 0


def _extract(folder: Path, revision: str, target: Path) -> None:
    """Write the files of the spec as they were; what git ignores and never had is taken as it is now."""
    commit = _git(
        folder, revision, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).strip()
    prefix = _git(folder, revision, "rev-parse", "--show-prefix").strip("\n")
    listed = _git(folder, revision, "ls-tree", "-z", "--name-only", "-r", "--full-tree", commit, "--", prefix or ".")
    known = [name.removeprefix(prefix) for name in listed.split("\0") if name.startswith(prefix)]
    wanted = [name for name in known if _counts(name)]
    if MAIN not in wanted:
        hint = "name a revision that has it, or a folder with another `mail.yml`"
        fact = f"`{shown(revision)}` has no {shown(prefix)}{MAIN}"
        raise SpecError.at("--base", "no-base", fact, hint)
    _write(folder, revision, {name: f"{commit}:{prefix}{name}" for name in wanted}, target)
    now = [
        path.relative_to(folder).as_posix()
        for part in ("", *SECTIONS, *(kind.folder for kind in beside.KINDS))
        for path in files.listing(folder / part)
    ]
    for name in _ignored(folder, revision, [name for name in now if _counts(name) and name not in known]):
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_bytes((folder / name).read_bytes())


def _counts(name: str) -> bool:
    """Whether a file below the folder is part of a spec."""
    above, _, last = name.rpartition("/")
    if above in SECTIONS:
        return last.endswith((".yml", ".yaml"))
    return name in {MAIN, VAULT} or any(above == kind.folder and last.endswith(kind.suffix) for kind in beside.KINDS)


def _write(folder: Path, revision: str, objects: dict[str, str], target: Path) -> None:
    """Write objects of git's store as files; a link that leads to another file of the revision counts as that file."""
    asked = "".join(f"{name}\n" for name in objects.values()).encode()
    data = _run(folder, revision, ["cat-file", "--batch", "--follow-symlinks"], asked)
    for name in objects:
        head, _, data = data.partition(b"\n")
        words = head.split()
        if len(words) != 3 or not words[2].isdigit():
            fact = f"`{shown(name)}` of `{shown(revision)}` can not be read from git"
            raise SpecError.at("--base", "no-base", fact, "make it a file there, or name a folder")
        size = int(words[2])
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data[:size])
        data = data[size + 1 :]


def _ignored(folder: Path, revision: str, names: list[str]) -> list[str]:
    """Which files git leaves alone, such as keys and certificates that are made on each machine."""
    if not names:
        return []
    asked = "".join(f"{name}\0" for name in names).encode()
    found = _run(folder, revision, ["check-ignore", "--stdin", "-z"], asked, good=(0, 1))
    return [name for name in found.decode("utf-8", "surrogateescape").split("\0") if name]


def _git(folder: Path, revision: str, *arguments: str) -> str:
    return _run(folder, revision, list(arguments)).decode("utf-8", "surrogateescape")


def _run(folder: Path, revision: str, arguments: list[str], given: bytes = b"", good: tuple[int, ...] = (0,)) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    argv = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(argv, cwd=folder, input=given, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        fact = f"`{shown(revision)}` is no folder with a `{MAIN}`, and there is no git to look for a revision"
        raise SpecError.at("--base", "no-base", fact, "name a folder, or install git") from None
    except OSError as error:
        raise files.unreadable(folder, error) from error
    if done.returncode not in good:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        fact = f"`{shown(revision)}` is no folder with a `{MAIN}`, and no revision of {shown(files.name(folder), 4096)}"
        reason = f": {shown(said[-1].removeprefix('fatal: '), 200)}" if said else ""
        raise SpecError.at("--base", "no-base", fact + reason, "name a folder, a branch, a tag or a commit")
    return done.stdout
