"""`mailspec account app-password`: further passwords, each for one program or device."""

from datetime import datetime
from pathlib import Path

import click

from . import ask, edit


@click.group("app-password")
def app_password() -> None:
    """Give a program or device a password of its own, and take it away again.

    Each is made, shown once, and works with the next run of `site.yml`; the others of the account stay as they are.

    \b
      mailspec account app-password add inventories/first alice phone --protocol imap --protocol smtp
    """


@app_password.command()
@ask.SPEC
@edit.name("name")
@edit.label("label")
@click.option(
    "--protocol",
    multiple=True,
    type=click.Choice(["imap", "pop3", "sieve", "smtp"]),
    help="By what it logs in; repeat it. All but sieve if not said.",
)
@click.option(
    "--network",
    multiple=True,
    callback=ask.checked(ask.network),
    help="Where it logs in from; repeat it. Everywhere if not said.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The last day it logs in, in UTC.")
@edit.DRY_RUN
def add(
    spec: Path,
    name: str,
    label: str,
    protocol: tuple[str, ...],
    network: tuple[str, ...],
    until: datetime | None,
    dry_run: bool,
) -> None:
    """Add an app password; LABEL is a name for the program or device.

    It is printed once as login, slash, label, tab, password.

    \b
      mailspec account app-password add inventories/first alice printer --protocol smtp --network 198.51.100.0/24
    """
    from ..edit import app_passwords
    from ..edit.draft import Draft
    from ..password import random_app_password

    draft = Draft(spec)
    password = random_app_password()
    new = app_passwords.New(protocol, network, until.date().isoformat() if until else "")
    app_passwords.add(draft, name, label, new, password)
    edit.finish(draft, dry_run=dry_run)
    if not dry_run:
        edit.tell_passwords({f"{draft.address(name)}/{label}": password})


@app_password.command()
@ask.SPEC
@edit.name("name")
@edit.label("label")
@edit.DRY_RUN
def remove(spec: Path, name: str, label: str, dry_run: bool) -> None:
    """Remove an app password; its vault entry stays until `ansible-vault edit` removes it, and opens nothing.

    \b
      mailspec account app-password remove inventories/first alice printer
    """
    from ..edit import app_passwords
    from ..edit.draft import Draft

    draft = Draft(spec)
    app_passwords.remove(draft, name, label)
    edit.finish(draft, dry_run=dry_run)
