"""Files beside the spec that hold one text each: the certificate chains of servers, and Sieve scripts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from . import files
from .model import sieve
from .model.text import domain_name
from .problem import KeyPath, SpecError

LIMIT = 1024**2
"""The most bytes of one file; the model has limits of its own."""


@dataclass(frozen=True)
class Kind:
    """One kind of such files."""

    folder: str
    suffix: str
    key: Callable[[dict[str, Any], Path], KeyPath]
    """Where in the spec the text of a file belongs; empty for one that is left alone."""
    may_leave: bool
    """Whether a symbolic link may lead out of the folder of the spec."""

    def read(self, folder: Path, path: Path) -> str:
        """The text of a file; raises SpecError when it can not be taken."""
        if not self.may_leave and not path.resolve().is_relative_to(folder.resolve()):
            fact, hint = "the symbolic link leads out of the folder of the spec", "put the file itself there"
            raise SpecError.at(files.name(path), "outside", fact, hint)
        if files.size(path) > LIMIT:
            fact = f"the file has more than {LIMIT // 1024} KB"
            raise SpecError.at(files.name(path), "too-large", fact, "keep only what the spec needs in its folder")
        return files.read(path)


def _chain(data: dict[str, Any], path: Path) -> KeyPath:
    """The chain of a server of that name; `tls/ca.pem` is left alone."""
    servers = data.get("servers")
    known = isinstance(servers, dict) and path.stem in {_canonical(name) for name in servers}
    return ("tls", "certificates", path.stem) if known else ()


def _script(_data: dict[str, Any], path: Path) -> KeyPath:
    return ("sieve", f"{sieve.FOLDER}/{path.name}")


def _canonical(name: str) -> str:
    try:
        return domain_name(name)
    except PydanticCustomError:
        return name


KINDS = (Kind("tls", ".pem", _chain, may_leave=True), Kind(sieve.FOLDER, ".sieve", _script, may_leave=False))
"""Every kind."""


def holder(data: dict[str, Any], key: KeyPath) -> dict[str, Any] | None:
    """The mapping that holds a key, made where it is not there; None where something else stands in its place."""
    if not key:
        return None
    here: Any = data
    for step in key[:-1]:
        here = here.setdefault(str(step), {})
        if not isinstance(here, dict):
            return None  # the model says what is wrong with it
    return here if isinstance(here, dict) else None
