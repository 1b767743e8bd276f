"""Copies of files, which have their owner and mode before they have content."""

import os
import shutil
from pathlib import Path


def copy(source: Path, target: Path) -> None:
    """Copy a file with owner and mode, in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.mailspec")
    write_copy(source, temporary)
    temporary.replace(target)


def write_copy(source: Path, target: Path) -> None:
    """Copy a file to a new name, as old as it is; it has owner and mode before it has content."""
    status = source.stat()
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as reader, os.fdopen(descriptor, "wb") as writer:
        os.fchown(descriptor, status.st_uid, status.st_gid)
        os.fchmod(descriptor, status.st_mode & 0o7777)
        shutil.copyfileobj(reader, writer)
        writer.flush()
        os.utime(descriptor, ns=(status.st_atime_ns, status.st_mtime_ns))
        os.fsync(descriptor)
