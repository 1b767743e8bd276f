"""A first spec: a folder with `mail.yml`, its keys and its vault, that converges as it is."""

import secrets
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from . import files
from .fill import fill
from .output import write_schemas
from .password import hash_password
from .problem import SpecError
from .reader.parse import Reader
from .schema import FOLDER, MODELINE
from .vault import PASSWORD_FILE, Vault

EXAMPLES = ("198.51.100.25", "2001:db8:1::25")
"""The addresses of a server that has none yet: RFC 5737 and RFC 3849 keep them for documents and tests."""

_SPEC = """\
{modeline}
# The mail of {domain}. `mailspec schema` describes every key.
mailspec: 1
postmaster: {account}

domains:
  {domain}: {{}}

servers:
  {server}: {{addresses: [{addresses}]}}

accounts:
  {account}: {{name: {name}, password: {{owner: user, hash: !secret {secret}}}}}

tls: {{source: test-ca}}
"""


@dataclass(frozen=True)
class Answers:
    """What the first spec says."""

    domain: str
    server: str
    account: str
    """The local part of the first address."""
    addresses: tuple[str, ...]
    password: str


def init(folder: Path, answers: Answers) -> None:
    """Write the folder, whole or not at all; raises SpecError when it holds something already."""
    refuse_full(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder if folder.exists() else folder.parent
    with tempfile.TemporaryDirectory(dir=beside, prefix=".mailspec-") as temporary:
        new = Path(temporary) / "spec"
        new.mkdir()
        files.write(new / "mail.yml", spec_text(answers))
        write_schemas(new / FOLDER)
        files.write(new / ".gitignore", f"{PASSWORD_FILE}\n")
        files.write_private(new / PASSWORD_FILE, secrets.token_urlsafe(32) + "\n")
        try:
            vault = Vault.create(new)
            vault.set(answers.account, hash_password(answers.password))
            vault.save()
            fill(new)
        except SpecError as error:
            raise _moved(error, files.name(new), files.name(folder)) from None
        if not folder.exists():
            new.rename(folder)
            return
        for item in sorted(new.iterdir(), key=lambda path: path.name == "mail.yml"):  # what makes it a spec comes last
            item.rename(folder / item.name)


def refuse_full(folder: Path) -> None:
    """Raise SpecError when the folder holds something already."""
    if files.listing(folder) or (folder.exists() and not files.is_folder(folder)):
        hint = "choose a new one, such as `inventories/first`"
        raise SpecError.at(files.name(folder), "not-empty", "the folder is not empty", hint)


def spec_text(answers: Answers) -> str:
    """The text of `mail.yml`."""
    name = answers.account.replace(".", " ").replace("_", " ").title()
    return _SPEC.format(
        modeline=MODELINE,
        domain=answers.domain,
        server=answers.server,
        account=_quoted(answers.account),
        secret=answers.account,
        name=_quoted(name),
        addresses=", ".join(f'"{address}"' if ":" in address else address for address in answers.addresses),
    )


def _moved(error: SpecError, old: str, new: str) -> SpecError:
    """The same problems, placed where the user expects the files."""
    return SpecError(
        [replace(item, place=replace(item.place, file=item.place.file.replace(old, new))) for item in error.problems]
    )


def _quoted(text: str) -> str:
    """The text as YAML reads it back, in quotes where it would mean a number or a word."""
    return text if Reader(text, "").data == text else f'"{text}"'
