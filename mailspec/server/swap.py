"""Swap: new versions of files take the names of the live ones, after everything that could fail is done."""

import os
from pathlib import Path
from typing import Any

from . import copies, journal


def prepare(entry: dict[str, Any], files: Path) -> None:
    """Make everything that going live or going back will need: new versions, names of the old ones, a link."""
    for folder in entry["folders"]:
        Path(folder).mkdir(mode=0o755, exist_ok=True)
    for path in entry["put"]:
        copies.write_copy(files / path.lstrip("/"), journal.beside(path, "new"))
    for path in entry["existed"]:
        journal.beside(path, "old").unlink(missing_ok=True)
        os.link(path, journal.beside(path, "old"), follow_symlinks=False)
    journal.point("current.new", entry["generation"])
    for folder in sorted({str(Path(path).parent) for path in journal.touched(entry)}):
        journal.sync_directory(Path(folder))


def go_live(entry: dict[str, Any]) -> None:
    """Give the new versions the names of the live files; what was compiled from the old ones goes with them."""
    for path in entry["put"]:
        journal.beside(path, "new").replace(path)
    for path in [*entry["drop"], *entry["derived"]]:
        Path(path).unlink(missing_ok=True)
