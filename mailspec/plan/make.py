"""The plan of a spec on disk against its base: reads both sides, and their vaults if the password is at hand."""

from collections.abc import Iterable
from pathlib import Path

from .. import files
from ..load import Source
from ..problem import KeyPath, Place, Problem, SpecError
from ..vault import FILE, Vault
from .base import base_folder, folder_of
from .compare import Places, Side, compare
from .secrets import Secrets
from .statement import Plan


def plan(spec: Path, base: str) -> Plan:
    """What changes from the base, a revision or a folder, to the spec.

    Raises SpecError with what is wrong with either side.
    """
    target = Source(spec)
    after = target.spec(complete=False)
    with base_folder(spec, base) as folder:
        is_revision = folder.resolve() != folder_of(Path(base)).resolve()
        title = f"{base}:" if is_revision else ""
        try:
            source = Source(folder)
            before = source.spec(complete=False)
        except SpecError as error:
            raise SpecError([_of_base(problem, folder, title) for problem in error.problems]) from None
        places = _places(source, folder, title)
        secrets = _secrets(folder, target.folder)
        return compare(Side(before, base, places), Side(after, files.name(spec), target.places), secrets)


def _places(source: Source, folder: Path, title: str) -> Places:
    """Places of the base, in files the user knows."""

    def places(paths: Iterable[KeyPath]) -> dict[KeyPath, Place]:
        return {path: _named(place, folder, title) for path, place in source.places(paths).items()}

    return places


def _of_base(problem: Problem, folder: Path, title: str) -> Problem:
    fact = problem.fact.replace(f"{files.name(folder)}/", title) if title else problem.fact
    return Problem(_named(problem.place, folder, title), problem.id, fact, problem.hint)


def _named(place: Place, folder: Path, title: str) -> Place:
    """A place in the temporary folder as `REVISION:mail.yml`."""
    name = place.file.removeprefix(f"{files.name(folder)}/") if title else place.file
    return Place(f"{title}{name}", place.line, place.column)


def _secrets(before: Path, after: Path) -> Secrets:
    """Both vaults, open if they differ and can be opened with the password of the spec."""
    old, new = (_bytes(folder / FILE) for folder in (before, after))
    if old == new:
        return Secrets()
    try:
        opened = Vault.open(after)
    except SpecError as error:
        return Secrets(unread=error.problems[0].fact)
    now = opened.entries()
    if not old:
        return Secrets({}, now)
    try:
        return Secrets(opened.other(before).entries(), now)
    except SpecError as error:
        return Secrets(None, now, unread=f"in the base {error.problems[0].fact}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
