"""A spec with changes that are not written yet: judged as a whole, then written as a whole."""

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from .. import files
from ..load import Source
from ..model.text import GROUP, person
from ..password import hash_password
from ..plan.compare import Side, compare
from ..plan.secrets import Secrets
from ..plan.statement import Plan
from ..problem import KeyPath, Place, Problem, SpecError
from ..reader.reading import SpecFile
from ..vault import Vault
from .sheet import Sheet

_NEW = "(a new hash)"
"""Stands for the hash of a new password, which a plan compares and never shows."""


class Draft:
    """The files of a spec being edited; paths have the keys as the files write them."""

    def __init__(self, path: Path) -> None:
        self.source = Source(path)
        self.spec = self.source.spec(complete=False)
        self.data: dict[str, Any] = self.source.data
        """What the edited files must mean."""
        self.passwords: dict[str, str] = {}
        """The new passwords by vault entry."""
        self._hashers: dict[str, Callable[[str], str]] = {}
        self._path = path
        self._sheets: dict[Path, Sheet] = {}
        self._entries: dict[str, str] = {}

    def get(self, *path: str) -> Any:
        """What stands at a path; None if there is nothing."""
        here: Any = self.data
        for step in path:
            here = here.get(step) if isinstance(here, dict) else None
        return here

    def address(self, name: str) -> str:
        """The full address of a name as a file writes it, or `group:NAME`; the text itself if it is neither."""
        try:
            known = person(name)
        except PydanticCustomError:
            return name
        return known if known.startswith(GROUP) else self.spec.address(known)

    def place(self, *path: str | int) -> Place:
        """Where a value stands in the files as they are."""
        return self.source.place(path)

    def put(self, path: KeyPath, value: Any) -> None:
        """Set a value."""
        if self.get(*map(str, path)) != value:
            sheet, inside = self._sheet(path)
            sheet.put(inside, value)
            self.data = _changed(self.data, path, value)

    def drop(self, path: KeyPath) -> None:
        """Take a key and its value away, if it is there."""
        if self.get(*map(str, path)) is not None:
            sheet, inside = self._sheet(path)
            sheet.drop(inside)
            self.data = _changed(self.data, path, None)

    def rename(self, path: KeyPath, name: str) -> None:
        """Give an entry another key."""
        sheet, inside = self._sheet(path)
        sheet.rename(inside, name)
        value = self.get(*map(str, path))
        self.data = _changed(_changed(self.data, path, None), (*path[:-1], name), value)

    def set_password(self, entry: str, password: str, hasher: Callable[[str], str] = hash_password) -> None:
        """Note a new password, and what makes its entry; raises SpecError when the vault can not be opened."""
        if not self.passwords:
            self._entries = Vault.open(self.source.folder).entries()
        self.passwords[entry] = password
        self._hashers[entry] = hasher

    def plan(self) -> Plan:
        """What the changes will do; raises SpecError with what is wrong with the edited spec."""
        edited = Source(self._path, self._texts())
        if edited.broken or edited.data != self.data:
            hint = "write it as the others are, or edit the file by hand"
            fact = "an entry is laid out in a way that no command can edit"
            edited_files = [file.name for file in self.source.files if self._edits(file)]
            raise SpecError([Problem(Place(name), "unusual-layout", fact, hint) for name in edited_files])
        after = edited.spec(complete=False)
        secrets = Secrets(self._entries, self._entries | dict.fromkeys(self.passwords, _NEW))
        name = files.name(self._path)
        return compare(
            Side(self.spec, name, self.source.places),
            Side(after, name, edited.places),
            secrets if self.passwords else None,
        )

    def diff(self) -> Iterator[str]:
        """The lines of the spec files that change, as a unified diff, and the entries of the vault."""
        for file in self.source.files:
            if self._edits(file):
                old, new = (text.splitlines() for text in (file.text, self._sheets[file.path].text()))
                yield from difflib.unified_diff(old, new, file.name, file.name, lineterm="", n=1)
        for entry in sorted(self.passwords):
            yield f"{'~' if entry in self._entries else '+'} secret {entry}"

    def save(self) -> None:
        """Write the files and the vault, all of them or none.

        Raises SpecError when somebody has changed a file since it was read.
        """
        texts = self._texts()
        hashes = {entry: self._hashers[entry](password) for entry, password in self.passwords.items()}
        with files.locked(self.source.folder):
            for file in self.source.files:
                if files.read(file.path) != file.text:
                    fact = "somebody has changed the file in the meantime; nothing was written"
                    raise SpecError.at(file.name, "changed-meanwhile", fact, "run the command again")
            if hashes:
                vault = Vault.open(self.source.folder)
                for entry, value in hashes.items():
                    vault.set(entry, value)
                texts = {vault.path: vault.sealed(), **texts}
            files.write_all(texts)

    def _edits(self, file: SpecFile) -> bool:
        return file.path in self._sheets and self._sheets[file.path].text() != file.text

    def _texts(self) -> dict[Path, str]:
        edited = [file.path for file in self.source.files if self._edits(file)]
        return {path: self._sheets[path].text() for path in edited}

    def _sheet(self, path: KeyPath) -> tuple[Sheet, KeyPath]:
        """The file that holds an entry or is to hold it, and the path in it."""
        main, *others = self.source.files
        split = [file for file in others if file.above == path[:1]]
        file = next((file for file in split if len(path) > 1 and path[1] in file.data), None)
        if file is None:
            is_new = len(path) > 1 and self.get(*map(str, path[:2])) is None
            file = split[0] if is_new and len(split) == 1 else main
        if file.path not in self._sheets:
            self._sheets[file.path] = Sheet(file)
        return self._sheets[file.path], path[len(file.above) :]


def _changed(data: Any, path: KeyPath, value: Any) -> Any:
    """A copy of the data with another value at a path; None takes the key away."""
    first, *rest = path
    copy = dict(data) if isinstance(data, dict) else {}
    new = _changed(copy.get(str(first)), tuple(rest), value) if rest else value
    if new is None:
        copy.pop(str(first), None)
    else:
        copy[str(first)] = new
    return copy
