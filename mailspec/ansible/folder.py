"""Spec folders as one run reads them: the spec and its secrets, once.

Ansible forks for every task. What its main process reads while it makes the inventory, every task already has; a task
for which nobody has read reads for itself. Secrets stay in memory.
"""

import gc
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError

from ..load import Source
from ..model.domain import MailDomain
from ..problem import SpecError
from ..secrets import Vault

_SPECS: dict[Path, tuple[Source, MailDomain]] = {}
_VAULTS: dict[Path, Vault] = {}


def read(path: Path, loader: Any) -> MailDomain:
    """Read a spec, and its vault if it opens, for all tasks to come; raises SpecError for the spec.

    What is wrong with the vault is told by the first task that needs it.
    """
    folder = path.resolve().parent if path.name == "mail.yml" else path.resolve()
    gc.disable()  # nothing of what follows is garbage, and there may be millions of it
    try:
        source = Source(path)
        spec = source.spec()
        _SPECS[folder] = source, spec
        try:
            _VAULTS[folder] = _open(folder, loader)
        except SpecError:
            _VAULTS.pop(folder, None)
    finally:
        gc.enable()
        gc.freeze()
    return spec


def source(folder: str) -> Source:
    """The files of a spec folder."""
    return _spec(folder)[0]


def spec(folder: str) -> MailDomain:
    """The spec of a folder; raises AnsibleError with all its problems."""
    return _spec(folder)[1]


def vault(folder: str, loader: Any) -> Vault:
    """The secrets of a spec, opened with Ansible's own vault password where it was given one."""
    try:
        return _VAULTS.get(Path(folder)) or _open(Path(folder), loader)
    except SpecError as error:
        raise AnsibleError(str(error)) from None


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
