"""Patterns that Rspamd has compiled (for Hyperscan): on its first start it waits for them longer than for all else.

A file is named after what was compiled, so that one daemon can take those of another as they are.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from . import copies

FOLDER = Path("/var/lib/rspamd")
SHELF = "hyperscan"
"""The directory of the stage in which those that a canary compiled wait for the switch."""
_ENDINGS = (".hs", ".hsmp")
_LIMIT = 64 * 1024**2
_SPARE = 4
"""How many times its size must be free for one to be put by."""


def compiled() -> Iterator[Path]:
    """The compiled patterns that are there, but for very large ones."""
    for file in FOLDER.glob("*") if FOLDER.is_dir() else ():
        if file.name.endswith(_ENDINGS) and file.stat().st_size < _LIMIT:
            yield file


def put_by(known: set[str], shelf: int) -> None:
    """Copy those that were compiled since `known` to a directory that is open, as it has no name in a room.

    It is in memory, and on a small server the rest of the stage needs what there is: without them all works as well.
    """
    folder = Path(f"/proc/self/fd/{shelf}")
    for file in compiled():
        if file.name not in known and shutil.disk_usage(folder).free > _SPARE * file.stat().st_size:
            copies.copy(file, folder / file.name)


def take(stage: Path) -> None:
    """Give the live daemon those that a canary put by."""
    for file in (stage / SHELF).glob("*") if FOLDER.is_dir() else ():
        if not (FOLDER / file.name).exists():
            copies.copy(file, FOLDER / file.name)
