"""`mailspec account`: people come and go."""

from pathlib import Path

import click

from . import app_passwords, ask, edit, passwd, roster, shared
from .forward import forward
from .vacation import vacation


@click.group()
def account() -> None:
    """Edit the accounts of a spec; comments, order and layout stay.

    Each command prints the diff of the spec and what it will do, in mail terms. What is wrong changes nothing.

    \b
      mailspec account add inventories/first bob --name "Bob Ngata" --quota 10G
    """


@account.command()
@ask.SPEC
@edit.name("name")
@click.option("--name", "full_name", default="", help="The name people see.")
@click.option("--quota", default="", metavar="SIZE", help="The largest size of the mailbox, such as 10G.")
@click.option("--alias", multiple=True, metavar="ADDRESS", help="A further address; repeat it.")
@click.option("--owner", type=click.Choice(["spec", "user"]), help="Who decides the password.")
@edit.PASSWORD
@edit.DRY_RUN
def add(
    spec: Path,
    name: str,
    full_name: str,
    quota: str,
    alias: tuple[str, ...],
    owner: str | None,
    password_stdin: bool,
    dry_run: bool,
) -> None:
    """Add an account, and a hash of its password to the vault.

    Asks for the password on a terminal. Without one it is made, and printed once as login, tab, password.

    \b
      mailspec account add inventories/first bob --name "Bob Ngata" --quota 10G --alias robert
    """
    from ..edit import accounts, names
    from ..edit.draft import Draft
    from ..password import random_password

    draft = Draft(spec)
    names.refuse_taken(draft, name)  # before any question
    typed = "" if dry_run and not password_stdin else edit.typed_password(f"Password of {name}", stdin=password_stdin)
    password = typed or random_password()
    accounts.add(draft, name, accounts.New(full_name, quota, alias, owner or ""), password)
    edit.finish(draft, dry_run=dry_run)
    if not typed and not dry_run:
        edit.tell_passwords({draft.address(name): password})


@account.command("set")
@ask.SPEC
@edit.name("name")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@edit.DRY_RUN
def set_command(spec: Path, name: str, values: tuple[str, ...], dry_run: bool) -> None:
    """Set keys of an account.

    KEY is a key of an account, with a dot before what is below it; VALUE is written as in the spec. An empty VALUE
    takes the key away.

    \b
      mailspec account set inventories/first bob quota=20G "name=Bob Ngata" password.owner=spec
    """
    from ..edit import accounts
    from ..edit.draft import Draft

    parted = [value.partition("=") for value in values]
    for key, sign, _ in parted:
        if not key or not sign:
            raise click.BadParameter(f"`{key}` has no value; write `quota=10G`", param_hint="'KEY=VALUE'")
    draft = Draft(spec)
    accounts.change(draft, name, {key: value for key, _, value in parted})
    edit.finish(draft, dry_run=dry_run)


@account.command()
@ask.SPEC
@edit.name("name")
@edit.DRY_RUN
def suspend(spec: Path, name: str, dry_run: bool) -> None:
    """Let nobody log in to an account; its mail still arrives.

    \b
      mailspec account suspend inventories/first bob
    """
    from ..edit import accounts
    from ..edit.draft import Draft

    draft = Draft(spec)
    accounts.suspend(draft, name)
    edit.finish(draft, dry_run=dry_run)


@account.command()
@ask.SPEC
@edit.name("name")
@edit.DRY_RUN
def restore(spec: Path, name: str, dry_run: bool) -> None:
    """Make an account an active one again, whatever its `state` is.

    \b
      mailspec account restore inventories/first bob
    """
    from ..edit import accounts
    from ..edit.draft import Draft

    draft = Draft(spec)
    accounts.restore(draft, name)
    edit.finish(draft, dry_run=dry_run)


@account.command()
@ask.SPEC
@edit.name("name")
@edit.FROM_LISTS
@edit.DRY_RUN
def remove(spec: Path, name: str, from_lists: bool, dry_run: bool) -> None:
    """Remove an account; its mailbox stays until `playbooks/purge.yml` deletes it.

    The vault entry stays until `ansible-vault edit` removes it.
    Refuses while a list, the postmaster or a catch-all names it.

    \b
      mailspec account remove inventories/first bob --from-lists --dry-run
    """
    from ..edit import names
    from ..edit.draft import Draft

    draft = Draft(spec)
    names.remove(draft, "accounts", name, from_lists=from_lists)
    edit.finish(draft, dry_run=dry_run)


@account.command()
@ask.SPEC
@edit.name("old")
@edit.name("new")
@edit.DRY_RUN
def rename(spec: Path, old: str, new: str, dry_run: bool) -> None:
    """Give an account another name; its mailbox moves, and the old name stays as an alias.

    Lists, the postmaster and catch-alls then name the new one. The vault entry keeps its name.

    \b
      mailspec account rename inventories/first bob robert.ngata
    """
    from ..edit import accounts
    from ..edit.draft import Draft

    draft = Draft(spec)
    accounts.rename(draft, old, new)
    edit.finish(draft, dry_run=dry_run)


account.add_command(passwd.passwd)
account.add_command(app_passwords.app_password)
account.add_command(roster.export_command)
account.add_command(roster.import_command)
account.add_command(forward)
account.add_command(shared.share)
account.add_command(shared.unshare)
account.add_command(vacation)
