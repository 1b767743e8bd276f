"""`mailspec alias`: further addresses of accounts and lists."""

from pathlib import Path

import click

from . import ask, edit


@click.group()
def alias() -> None:
    """Edit the aliases of accounts and lists; comments, order and layout stay.

    \b
      mailspec alias add inventories/first sales bob
    """


@alias.command()
@ask.SPEC
@edit.name("alias")
@edit.name("name")
@edit.DRY_RUN
def add(spec: Path, alias: str, name: str, dry_run: bool) -> None:
    """Give the account or list NAME another address.

    \b
      mailspec alias add inventories/first sales bob
    """
    from ..edit import lists
    from ..edit.draft import Draft

    draft = Draft(spec)
    lists.add_alias(draft, alias, name)
    edit.finish(draft, dry_run=dry_run)


@alias.command()
@ask.SPEC
@edit.name("alias")
@edit.name("name")
@edit.DRY_RUN
def remove(spec: Path, alias: str, name: str, dry_run: bool) -> None:
    """Take an address from the account or list NAME.

    \b
      mailspec alias remove inventories/first sales bob
    """
    from ..edit import lists
    from ..edit.draft import Draft

    draft = Draft(spec)
    lists.remove_alias(draft, alias, name)
    edit.finish(draft, dry_run=dry_run)
