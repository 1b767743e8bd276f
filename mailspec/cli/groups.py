"""`mailspec group`: groups and who is in them."""

from pathlib import Path

import click

from . import ask, edit, explain

GROUP = click.argument("group", callback=ask.checked(ask.group))
PERSON = click.argument("person", nargs=-1, required=True, callback=ask.checked(ask.person))


@click.group()
def group() -> None:
    """Edit the groups of a spec; comments, order and layout stay.

    \b
      mailspec group add inventories/first leads --member alice --member bob
    """


@group.command()
@ask.SPEC
@click.argument("name", callback=ask.checked(ask.group))
@click.option(
    "--member", multiple=True, metavar="PERSON", callback=ask.checked(ask.person), help="Who is in it; repeat it."
)
@click.option(
    "--except",
    "out",
    multiple=True,
    metavar="PERSON",
    callback=ask.checked(ask.person),
    help="Who is not, however they come in; repeat it.",
)
@click.option("--department", default="", help="Whose accounts are in it too.")
@edit.DRY_RUN
def add(spec: Path, name: str, member: tuple[str, ...], out: tuple[str, ...], department: str, dry_run: bool) -> None:
    """Define the group NAME, of accounts, other groups as `group:NAME`, and external addresses.

    \b
      mailspec group add inventories/first leads --member alice --member bob
      mailspec group add inventories/first sellers --department sales --member group:leads --except bob
    """
    from ..edit import groups
    from ..edit.draft import Draft

    draft = Draft(spec)
    groups.add(draft, name, member, out, department)
    edit.finish(draft, dry_run=dry_run)


@group.command()
@ask.SPEC
@GROUP
@PERSON
@edit.DRY_RUN
def join(spec: Path, group: str, person: tuple[str, ...], dry_run: bool) -> None:
    """Put people into GROUP; who is named in it already stays.

    A group that only accounts name gets another account that names it.

    \b
      mailspec group join inventories/first leads carol
    """
    from ..edit import groups
    from ..edit.draft import Draft

    draft = Draft(spec)
    groups.join(draft, group, person)
    edit.finish(draft, dry_run=dry_run)


@group.command()
@ask.SPEC
@GROUP
@PERSON
@click.option("--except", "with_except", is_flag=True, help="Take out those too whom a department or group brings in.")
@edit.DRY_RUN
def leave(spec: Path, group: str, person: tuple[str, ...], with_except: bool, dry_run: bool) -> None:
    """Take people out of GROUP, whether it or their account says so.

    \b
      mailspec group leave inventories/first leads bob
      mailspec group leave inventories/first sellers carol --except
    """
    from ..edit import groups
    from ..edit.draft import Draft

    draft = Draft(spec)
    groups.leave(draft, group, person, with_except=with_except)
    edit.finish(draft, dry_run=dry_run)


@group.command()
@ask.SPEC
@GROUP
@edit.FROM_LISTS
@edit.DRY_RUN
def remove(spec: Path, group: str, from_lists: bool, dry_run: bool) -> None:
    """Remove GROUP, also from the accounts that name it; refuses while a list, an alias or a group names it.

    \b
      mailspec group remove inventories/first leads
    """
    from ..edit import groups
    from ..edit.draft import Draft

    draft = Draft(spec)
    groups.remove(draft, group, from_lists=from_lists)
    edit.finish(draft, dry_run=dry_run)


@group.command()
@ask.SPEC
@click.argument("group")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def show(spec: Path, group: str, as_json: bool) -> None:
    """Say who is in GROUP and why, and what names it; `everyone` is the group of all accounts.

    \b
      mailspec group show inventories/first leads
    """
    from ..explain import expansion
    from ..load import Source

    source = Source(spec)
    model = source.spec(complete=False)
    explain.show_found(source, model, expansion(model, group, "GROUP"), as_json)
