"""The vault of a spec folder: `vault.yml`, one text per name, encrypted the way of ansible-vault."""

import os
import secrets
from collections.abc import Set
from pathlib import Path
from typing import Any

from . import files
from .problem import SpecError
from .reader.parse import Reader
from .shown import shown

FILE = "vault.yml"
PASSWORD_FILE = ".vault-password"  # noqa: S105 - a file name


class Vault:
    """The secrets of one spec, open."""

    def __init__(self, path: Path, password: bytes, entries: dict[str, str]) -> None:
        self.path = path
        self._password = password
        self._entries = entries
        self._saved = dict(entries) if path.exists() else None
        self._withheld: dict[str, str] = {}

    @classmethod
    def open(cls, folder: Path, *passwords: bytes | None) -> "Vault":
        """The vault beside a spec; raises SpecError when there is none or no password opens it.

        Several are tried in turn, as of several vaults; without any it is the password that belongs to the spec.
        """
        path = _folder(folder) / FILE
        text = files.read(path) if path.exists() else ""
        if not text:
            fact, hint = "there is no vault", "make it with `mailspec secret fill`"
            raise SpecError.at(files.name(path), "no-vault", fact, hint)
        if not text.startswith("$ANSIBLE_VAULT;"):
            hint = "run `ansible-vault encrypt` on it, and change the secrets if others have seen them"
            raise SpecError.at(files.name(path), "plain-vault", "the vault is not encrypted", hint)
        given = [password for password in passwords if password] or [_password(_folder(folder))]
        password, content = _decrypt(path, text, given)
        return cls(path, password, _entries(content, path))

    @classmethod
    def create(cls, folder: Path) -> "Vault":
        """The vault beside a spec; if there is none a new one, with a new password file unless one is known."""
        folder = _folder(folder)
        if (folder / FILE).exists():
            return cls.open(folder)
        if not (folder / PASSWORD_FILE).exists() and not os.environ.get("ANSIBLE_VAULT_PASSWORD_FILE"):
            files.write_private(folder / PASSWORD_FILE, secrets.token_urlsafe(32) + "\n")
        return cls(folder / FILE, _password(folder), {})

    def other(self, folder: Path) -> "Vault":
        """The vault of another spec with the password of this one, such as that of an earlier version."""
        return Vault.open(folder, self._password)

    def entries(self) -> dict[str, str]:
        """Every value by name, for comparing; not to be shown."""
        return dict(self._entries)

    def only(self, names: Set[str], reader: str) -> "Vault":
        """The same vault for one reader, who gets these entries and no other."""
        found = Vault(self.path, self._password, self.entries())
        found._withheld = dict.fromkeys(self._entries.keys() - names, reader)
        for name in found._withheld:  # there may be very many entries, and few of them are not for the reader
            del found._entries[name]
        return found

    def names(self) -> list[str]:
        """The names of all entries, sorted."""
        return sorted(self._entries)

    def get(self, name: str) -> str:
        """The value of an entry."""
        if name in self._entries:
            return self._entries[name]
        if name in self._withheld:
            fact = f"`{name}` is not for {self._withheld[name]}, which has no role that needs it"
            hint = "mend the template or the row that asks for it, or give the server the role"
            raise SpecError.at(files.name(self.path), "withheld-secret", fact, hint)
        hint = f"run `mailspec secret fill SPEC`, or `mailspec secret set SPEC {name}`"
        raise SpecError.at(files.name(self.path), "no-secret", f"the vault has no entry `{name}`", hint)

    def set(self, name: str, value: str) -> None:
        """Change an entry; `save` writes it."""
        self._entries[name] = value

    def save(self) -> None:
        """Write the vault if something changed, in one step and for nobody else to read."""
        if self._entries == self._saved:
            return
        files.write_private(self.path, self.sealed())
        self._saved = dict(self._entries)

    def sealed(self) -> str:
        """The text of the file, encrypted anew."""
        import yaml

        text = yaml.dump(self._entries, Dumper=_dumper(), sort_keys=True, allow_unicode=True, width=10**6)
        return str(_library(self._password).encrypt(text.encode()).decode())


def _folder(spec: Path) -> Path:
    return spec if files.is_folder(spec) else spec.parent


def _password(folder: Path) -> bytes:
    """The password beside the spec, else the one Ansible would take."""
    own = folder / PASSWORD_FILE
    given = os.environ.get("ANSIBLE_VAULT_PASSWORD_FILE")
    if own.exists():
        password = files.read(own).strip().encode()
    elif given:
        password = _from_ansible(given)
    else:
        hint = "put the password there, or name its file in ANSIBLE_VAULT_PASSWORD_FILE"
        raise SpecError.at(files.name(own), "no-vault-password", "the password of the vault is missing", hint)
    if not password:
        name = files.name(own) if own.exists() else shown(given)
        raise SpecError.at(name, "no-vault-password", "the password of the vault is empty", "write it into the file")
    return password


def _from_ansible(given: str) -> bytes:
    """What a password file or script of Ansible's says."""
    from ansible.errors import AnsibleError
    from ansible.parsing.dataloader import DataLoader
    from ansible.parsing.vault import get_file_vault_secret

    try:
        secret: Any = get_file_vault_secret(filename=given, loader=DataLoader())
        secret.load()
    except AnsibleError as error:
        hint = "ANSIBLE_VAULT_PASSWORD_FILE names it: mend the file, or the variable"
        raise SpecError.at(shown(given), "no-vault-password", shown(error.message, 200), hint) from None
    return bytes(secret.bytes or b"").strip()


def _library(password: bytes) -> Any:
    from ansible.parsing.vault import VaultLib, VaultSecret

    return VaultLib([("default", VaultSecret(password))])


def _decrypt(path: Path, text: str, passwords: list[bytes]) -> tuple[bytes, str]:
    """The first password that opens the vault, and what is in it."""
    from ansible.errors import AnsibleError

    for password in passwords:
        try:
            return password, str(_library(password).decrypt(text.encode()).decode())
        except (AnsibleError, UnicodeDecodeError, ValueError):
            continue
    hint = f"mend `{PASSWORD_FILE}` beside it, or ANSIBLE_VAULT_PASSWORD_FILE"
    fact = "the password does not open the vault, or the file is damaged"
    raise SpecError.at(files.name(path), "wrong-vault-password", fact, hint)


def _entries(text: str, path: Path) -> dict[str, str]:
    """The entries of a decrypted vault; what is wrong with it is said without any value."""
    reader = Reader(text, files.name(path))
    problems = list(reader.problems)
    hint = f"mend it with `ansible-vault edit {FILE}`"
    for (key, *_), place in reader.twice:
        problems += SpecError.at(str(place), "duplicate-key", f"`{shown(key)}` stands there twice", hint).problems
    data = {} if reader.data is None else reader.data
    wrong = [] if isinstance(data, dict) else [files.name(path)]
    wrong += [name for name, value in data.items() if not isinstance(value, str)] if isinstance(data, dict) else []
    for name in wrong if not problems else []:
        fact = (
            f"`{shown(name)}` is not a text" if isinstance(data, dict) else "the vault is no mapping of names to texts"
        )
        problems += SpecError.at(files.name(path), "wrong-type", fact, hint).problems
    if problems:
        raise SpecError(problems)
    return dict(data)


def _dumper() -> type[Any]:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Keys of several lines as blocks, so that `ansible-vault edit` shows them as they are."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else '"')

    Dumper.add_representer(str, text)
    return Dumper
