"""`mailspec account share` and `unshare`: who opens a shared mailbox."""

from pathlib import Path

import click

from . import ask, edit


@click.command()
@ask.SPEC
@edit.name("name")
@click.option("--name", "full_name", default="", help="The name people see.")
@click.option("--read", multiple=True, metavar="PERSON", help="Who reads its mail; repeat it.")
@click.option("--write", multiple=True, metavar="PERSON", help="Who also flags, files and deletes mail; repeat it.")
@click.option("--manage", multiple=True, metavar="PERSON", help="Who also makes and removes folders; repeat it.")
@click.option("--send-as", multiple=True, metavar="PERSON", help="Who may send as its addresses; repeat it.")
@edit.DRY_RUN
def share(
    spec: Path,
    name: str,
    full_name: str,
    read: tuple[str, ...],
    write: tuple[str, ...],
    manage: tuple[str, ...],
    send_as: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Share the mailbox NAME, which is made if nothing has that name. Nobody logs in as it.

    PERSON is an account or `group:NAME`. Who has another right to read, write or manage has the new one instead.

    \b
      mailspec account share inventories/first sales --write group:sales --manage alice --send-as group:sales
    """
    from ..edit import shared
    from ..edit.draft import Draft

    people = {"read": read, "write": write, "manage": manage, "send_as": send_as}
    if not any(people.values()):
        raise click.UsageError("nobody is named; write `--read PERSON` or another option")
    draft = Draft(spec)
    shared.share(draft, name, people, full_name)
    edit.finish(draft, dry_run=dry_run)


@click.command()
@ask.SPEC
@edit.name("name")
@click.argument("person", nargs=-1, required=True, metavar="PERSON...")
@edit.DRY_RUN
def unshare(spec: Path, name: str, person: tuple[str, ...], dry_run: bool) -> None:
    """Take every right to the shared mailbox NAME from each PERSON.

    \b
      mailspec account unshare inventories/first sales bob
    """
    from ..edit import shared
    from ..edit.draft import Draft

    draft = Draft(spec)
    shared.unshare(draft, name, person)
    edit.finish(draft, dry_run=dry_run)
