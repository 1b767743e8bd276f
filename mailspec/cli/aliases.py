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
@click.option("--from", "first", default="", metavar="DAY", help="The first day on which it takes mail.")
@click.option("--until", default="", metavar="DAY", help="The last day on which it takes mail.")
@click.option("--internal", is_flag=True, help="Only accounts that are logged in may write to it.")
@click.option(
    "--pattern",
    "patterns",
    multiple=True,
    metavar="PATTERN",
    help="More addresses, such as `sales-*`; may be repeated.",
)
@click.option(
    "--behalf", multiple=True, metavar="WHO", help="Who may write on behalf of it: an account or `group:NAME`."
)
@edit.DRY_RUN
def add(
    spec: Path,
    alias: str,
    name: str,
    first: str,
    until: str,
    internal: bool,
    patterns: tuple[str, ...],
    behalf: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Give the account or list NAME another address.

    \b
      mailspec alias add inventories/first sales bob
      mailspec alias add inventories/first fair-2026 bob --until 2026-12-31
      mailspec alias add inventories/first desk bob --pattern 'desk-*' --behalf alice
    """
    from ..edit import lists
    from ..edit.draft import Draft

    draft = Draft(spec)
    terms: dict[str, str | list[str]] = {"from": first, "until": until, "post": "domain" if internal else ""}
    terms |= {"patterns": list(patterns), "send_on_behalf": list(behalf)}
    lists.add_alias(draft, alias, name, {term: value for term, value in terms.items() if value})
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
