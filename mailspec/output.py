"""Trees and schemas on disk, for people and editors to read."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from . import files
from .problem import SpecError
from .tree import Tree

MARK = ".mailspec-render"
"""The file that says a folder was written by `mailspec render`, so that it may be written again."""


def write_schemas(folder: Path) -> None:
    """Write the schema of each kind of file of a spec."""
    from .schema import schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name, found in schemas().items():
        files.write(folder / name, json.dumps(found, indent=2) + "\n")


def write_trees(folder: Path, trees: list[Tree], web: Mapping[str, str]) -> None:
    """Write each tree to `<folder>/<server>/`, whole or not at all; what an earlier run left is replaced.

    `web` holds the files for web servers by host and path.

    Raises SpecError when the folder holds anything else.
    """
    if folder.exists() and not files.is_folder(folder):
        raise SpecError.at(files.name(folder), "not-empty", "this is no folder", "choose a new folder")
    if files.listing(folder) and not (folder / MARK).exists():
        fact = "the folder is not empty and not written by `mailspec render`"
        raise SpecError.at(files.name(folder), "not-empty", fact, "choose a new folder, or empty this one")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
        new, old = Path(temporary) / "new", Path(temporary) / "old"
        new.mkdir()
        for tree in trees:
            tree.write(new / tree.server)
        for path, text in web.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(text.encode())
        files.write(new / MARK, "Written by `mailspec render`; the next run replaces this folder.\n")
        if folder.exists():
            shutil.move(folder, old)
        shutil.move(new, folder)
