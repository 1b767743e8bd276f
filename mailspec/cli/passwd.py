"""`mailspec account passwd`: another password, in the vault or on the servers."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import ask, edit, screen

if TYPE_CHECKING:
    from ..edit.draft import Draft


@click.command()
@ask.SPEC
@edit.name("name")
@click.option("--initial", is_flag=True, help="Change the initial password in the vault, not that on the servers.")
@edit.PASSWORD
@click.option("--hash", "is_hash", is_flag=True, help="Standard input has a hash with its {SCHEME}, as of doveadm pw.")
@edit.DRY_RUN
def passwd(spec: Path, name: str, initial: bool, password_stdin: bool, is_hash: bool, dry_run: bool) -> None:
    """Give an account another password.

    One that belongs to its user is set on the servers at once, and no converge takes it back. One that the spec
    decides, and an initial one, change in the vault, for the next run of `site.yml`.

    Asks for the password on a terminal. Without one it is made, and printed once as login, tab, password.

    \b
      mailspec account passwd inventories/first bob
      mailspec account passwd inventories/first printer --dry-run
    """
    from ..edit import accounts, names
    from ..edit.draft import Draft
    from ..model.password import Owner
    from ..password import hash_password, random_password

    draft = Draft(spec)
    names.key_of(draft, "accounts", name)  # before any question
    owner = accounts.owner(draft, name)
    if is_hash:
        typed = _typed_hash(name)
    else:
        asks = password_stdin or not dry_run
        typed = edit.typed_password(f"Password of {name}", stdin=password_stdin) if asks else ""
    password = typed or random_password()
    hasher = str if is_hash else hash_password
    if initial or owner is Owner.SPEC:
        accounts.set_password(draft, name, password, hasher)
        edit.finish(draft, dry_run=dry_run)
    else:
        _set_on_servers(draft, spec, name, "" if dry_run else hasher(password))
    if not typed and not dry_run:
        edit.tell_passwords({draft.address(name): password})


def _typed_hash(name: str) -> str:
    from ..password import check_hash

    return check_hash(sys.stdin.readline().strip(), name, "standard input")


def _set_on_servers(draft: "Draft", spec: Path, name: str, hashed: str) -> None:
    """Set a hash where people log in; an empty one only tells where that would be."""
    from ..passwd import put, servers

    login, where = draft.address(name), " and ".join(servers(draft.spec))
    if not hashed:
        click.echo(f"~ {login}'s password would change on {where} at once")
        return
    if failed := put(draft.spec, spec, login, hashed):
        for error in failed:
            screen.say(error)
        raise SystemExit(1)
    click.echo(f"~ {login}'s password is another one on {where}; sessions that were open have ended")
