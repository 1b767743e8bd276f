"""Files of the user: reading gives text in UTF-8 or says what to do, writing is whole or not at all."""

import contextlib
import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .problem import Place, Problem, SpecError
from .shown import shown


def name(path: Path) -> str:
    """The path as the user would type it here."""
    try:
        here = Path.cwd()
    except OSError:
        return shown(path, 4096)
    inside = path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
    return shown(os.fspath(inside), 4096)


def size(path: Path) -> int:
    """The bytes of a file, 0 when it can not be reached."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def is_folder(path: Path) -> bool:
    """Whether this is a folder that can be reached."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def listing(folder: Path) -> list[Path]:
    """What stands in a folder, sorted, without hidden files; nothing when there is no such folder."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError) as error:
        raise unreadable(folder, error) from error


def read(path: Path, *, with_mark: bool = False) -> str:
    """The text of a file; `with_mark` allows a byte order mark, as spreadsheets write it.

    Raises SpecError when it can not be reached or is no UTF-8.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            hint = f"put the text into a file `{shown(path.name)}`"
            raise SpecError.at(name(path), "no-file", "this is no regular file", hint)
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise SpecError.at(name(path), "encoding", "the file is UTF-16 or UTF-32", "save it as UTF-8")
    if with_mark:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw.startswith(b"\xef\xbb\xbf"):
        hint = "save it as UTF-8 without one"
        raise SpecError.at(name(path), "encoding", "the file begins with a byte order mark", hint)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        place = Place(name(path), before.count("\n") + 1, len(before) - before.rfind("\n"))
        fact = f"the byte 0x{raw[error.start]:02X} is no UTF-8"
        raise SpecError([Problem(place, "encoding", fact, "save the file as UTF-8")]) from None


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    write(path, text, 0o600)


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all, with its mode from the first byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _staged(path, text, mode) as temporary:
        temporary.replace(path)


def write_all(texts: Mapping[Path, str]) -> None:
    """Write files that are there, all of them or none; a file keeps its mode, and a link stays a link."""
    targets = {path.resolve(): text for path, text in texts.items()}
    old = {target: read(target) for target in targets}
    done: list[Path] = []
    with contextlib.ExitStack() as stack:
        staged = {
            target: stack.enter_context(_staged(target, text, stat.S_IMODE(target.stat().st_mode)))
            for target, text in targets.items()
        }
        try:
            for target, temporary in staged.items():
                temporary.replace(target)
                done.append(target)
        except BaseException:
            for target in done:
                write(target, old[target], stat.S_IMODE(target.stat().st_mode))
            raise


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs that write to the same folder waiting."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _staged(path: Path, text: str, mode: int) -> Iterator[Path]:
    """The text in a file beside its place, on the disk for good; gone afterwards unless it was moved."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield Path(temporary)
    finally:
        Path(temporary).unlink(missing_ok=True)


def unreadable(path: Path, error: Exception) -> SpecError:
    """What to tell the user about a file or folder that can not be read."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    hint = "name a folder that has a `mail.yml`"
    if isinstance(error, PermissionError):
        hint = "mend its permissions"
    elif isinstance(error, FileNotFoundError) and path.is_symlink():
        reason, hint = "the symbolic link leads nowhere", "mend or remove the link"
    elif isinstance(error, FileNotFoundError):
        hint += ", or make one with `mailspec init`"
    return SpecError.at(name(path), "no-file", f"it can not be read: {reason[:1].lower()}{reason[1:]}", hint)
