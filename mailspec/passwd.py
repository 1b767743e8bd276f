"""Passwords that belong to users, set on the servers by an administrator; see `playbooks/passwd.yml`.

What travels is a hash, in a file that only its owner reads and over the connection of Ansible; the password itself
never leaves this process.
"""

import tempfile
from pathlib import Path

from . import files
from .model.domain import MailDomain
from .model.password import Owner
from .model.servers import Role
from .password import check_hash
from .play import answers, play
from .problem import Place, Problem, SpecError
from .shown import shown


def servers(spec: MailDomain) -> list[str]:
    """The servers where people log in."""
    return sorted(name for name, entry in spec.servers.items() if entry.roles & {Role.MAILBOX, Role.SUBMISSION})


def read(spec: MailDomain, path: Path) -> dict[str, str]:
    """The hashes of a file by login: a line for each account, its address and a hash with its `{SCHEME}`.

    Raises SpecError with everything that is wrong with it.
    """
    found: dict[str, str] = {}
    problems = []
    for number, line in enumerate(files.read(path).splitlines(), 1):
        name, _, value = line.strip().partition(" ")
        login = spec.address(name)
        try:
            found[login] = check_hash(value.strip(), name, path.name)
            _refuse_strangers(spec, login, name)
        except SpecError as error:
            place = Place(path.name, number, 1)
            problems += [Problem(place, p.id, p.fact, p.hint) for p in error.problems]
    if problems:
        raise SpecError(problems)
    return found


def put(spec: MailDomain, path: Path, login: str, hashed: str) -> list[str]:
    """Set the hash of an account's password on each server where people log in; what those say that do not take it.

    Raises SpecError when the password is not the user's, or a server does not answer.
    """
    _refuse_strangers(spec, login, login)
    with tempfile.TemporaryDirectory(prefix="mailspec-") as folder:  # nobody else may enter it
        table = Path(folder, "passwords")
        files.write_private(table, f"{login} {hashed}\n")
        said = play(path, "passwd", {"mailspec_answers": folder, "mailspec_passwords": str(table)})
        found = answers(Path(folder), servers(spec), "passwd", said)
    return [answer["error"] for answer in found.values() if "error" in answer]


def _refuse_strangers(spec: MailDomain, login: str, name: str) -> None:
    account = spec.mailboxes.get(login)
    if not account or not account.password:
        raise SpecError.at("NAME", "unknown-address", f"there is no account `{shown(name)}`", "name one that is there")
    if account.password.owner is not Owner.USER:
        fact = f"the spec decides the password of `{shown(name)}`"
        raise SpecError.at("NAME", "not-the-users", fact, "run `mailspec account passwd`, which changes the vault")
