"""Spec folders as one run reads them: the spec and its secrets, once.

Ansible forks for every task. What its main process reads while it makes the inventory, every task already has; a task
for which nobody has read reads for itself. Secrets stay in memory.
"""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError

from .. import files, garbage, render
from ..load import Source
from ..model.domain import MailDomain
from ..problem import SpecError
from ..rows import TABLES, rows
from ..secrets import needed_by
from ..server.rows import SECRET_COLUMNS
from ..vault import FILE, Vault
from .lookup import Aside, Lookup, LookupAside

LARGE = 1024**2
"""How many bytes of a vault are worth a process."""
MANY = 2000
"""How many accounts are worth two more, in which their rows are made."""
_OPEN = tuple(table for table in TABLES if table not in SECRET_COLUMNS)
"""The tables without secrets, which need no vault; the others are about half of the work."""

_SPECS: dict[Path, tuple[Source, MailDomain]] = {}
_LOOKUPS: dict[tuple[Path, str], Lookup | LookupAside] = {}
"""Those of each server; made in a task they cost twice as much, as a fork copies each page of memory it looks at."""
_VAULTS: dict[tuple[Path, str], Vault] = {}
"""Those of a folder, and those that each server gets."""

for _known in (_SPECS, _LOOKUPS, _VAULTS):
    garbage.keep(_known)


def read(path: Path, loader: Any) -> MailDomain:
    """Read a spec, and its vault if it opens, for all tasks to come; raises SpecError for the spec.

    What is wrong with the vault is told by the first task that needs it.
    """
    folder = path.resolve().parent if path.name == "mail.yml" else path.resolve()
    with garbage.paused(), _opening(folder, loader) as opened:
        source, begun = Source(path), dict[str, Aside]()
        spec = source.spec(meanwhile=partial(_begin, begun, folder))
        _SPECS[folder] = source, spec
        # a task of its own renders each server; for one it makes no difference who compiles
        if sum(len(known.servers) for _, known in _SPECS.values()) > 1:
            render.prepare(server.os for server in spec.servers.values())
        if found := opened():
            _VAULTS[folder, ""] = found
            for server in spec.servers:
                _VAULTS[folder, server] = _for(found, str(folder), server)
                make = partial(_lookup, spec, server, _VAULTS[folder, server])
                _LOOKUPS[folder, server] = (
                    LookupAside(Aside(partial(make, SECRET_COLUMNS)), begun[server]) if server in begun else make()
                )
    return spec


def _begin(begun: dict[str, Aside], folder: Path, spec: MailDomain) -> None:
    """Have the rows of a large spec made that need no secret, while it is asked whether its parts fit together."""
    if len(spec.accounts) > MANY:
        nothing, _ = Vault(folder / FILE, b"", {}), spec.mailboxes  # which both need, so that one of them finds it out
        for server in spec.servers:
            begun[server] = Aside(partial(_lookup, spec, server, nothing, _OPEN))


@contextmanager
def _opening(folder: Path, loader: Any) -> Iterator[Callable[[], Vault | None]]:
    """Open a vault, a large one in a process beside this one, as that takes as long as to read the spec."""
    if files.size(folder / FILE) < LARGE:
        yield lambda: _attempt(folder, loader)
        return
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(pickle.dumps(_attempt(folder, loader)))
        finally:
            os._exit(0)  # this is still Ansible's process: none of its farewells
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as pipe:
            yield lambda: pickle.loads(pipe.read() or pickle.dumps(None))  # noqa: S301 - our own fork wrote it
    finally:
        os.waitpid(child, 0)


def _attempt(folder: Path, loader: Any) -> Vault | None:
    try:
        return _open(folder, loader)
    except SpecError:
        return None


def source(folder: str) -> Source:
    """The files of a spec folder."""
    return _spec(folder)[0]


def spec(folder: str) -> MailDomain:
    """The spec of a folder; raises AnsibleError with all its problems."""
    return _spec(folder)[1]


def lookup(folder: str, loader: Any, server: str) -> Lookup | LookupAside:
    """The lookup rows of a server."""
    known = _LOOKUPS.get((Path(folder), server))
    return known or _lookup(spec(folder), server, vault(folder, loader, server))


def _lookup(spec: MailDomain, server: str, secrets: Vault, tables: Iterable[str] = TABLES) -> Lookup:
    return Lookup(rows(spec, server, tables), secrets)


def vault(folder: str, loader: Any, server: str = "") -> Vault:
    """The secrets of a spec, or those one server gets, opened with Ansible's own vault password if there is one."""
    here = Path(folder)
    try:
        return _VAULTS.get((here, server)) or _for(_VAULTS.get((here, "")) or _open(here, loader), folder, server)
    except SpecError as error:
        raise AnsibleError(str(error)) from None


def _for(found: Vault, folder: str, server: str) -> Vault:
    return found.only(needed_by(spec(folder), server), server) if server else found


def _spec(folder: str) -> tuple[Source, MailDomain]:
    if Path(folder) not in _SPECS:
        try:
            source = Source(Path(folder))
            _SPECS[Path(folder)] = source, source.spec()
        except SpecError as error:
            raise AnsibleError(str(error)) from None
    return _SPECS[Path(folder)]


def _open(folder: Path, loader: Any) -> Vault:
    given = [secret.bytes for _, secret in loader._vault.secrets or []]  # --vault-password-file and its like
    return Vault.open(folder, *given)
