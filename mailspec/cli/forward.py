"""`mailspec account forward`: who else gets the mail of an account, or who gets it instead."""

from pathlib import Path

import click

from . import ask, edit


@click.group()
def forward() -> None:
    """Set and clear where mail for an account goes on to.

    \b
      mailspec account forward set inventories/first bob bob@example.com
    """


@forward.command("set")
@ask.SPEC
@edit.name("name")
@click.argument("to", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("--keep/--no-keep", default=True, help="Whether the mailbox keeps a copy, as it does unless you say so.")
@edit.DRY_RUN
def set_command(spec: Path, name: str, to: tuple[str, ...], keep: bool, dry_run: bool) -> None:
    """Let mail for an account go on to each ADDRESS, and to nobody who was named before.

    \b
      mailspec account forward set inventories/first bob bob@example.com --no-keep
    """
    from ..edit import forward
    from ..edit.draft import Draft

    draft = Draft(spec)
    forward.set_targets(draft, name, to, keep=keep)
    edit.finish(draft, dry_run=dry_run)


@forward.command("clear")
@ask.SPEC
@edit.name("name")
@edit.DRY_RUN
def clear_command(spec: Path, name: str, dry_run: bool) -> None:
    """Let mail for an account stay in its mailbox.

    \b
      mailspec account forward clear inventories/first bob
    """
    from ..edit import forward
    from ..edit.draft import Draft

    draft = Draft(spec)
    forward.clear(draft, name)
    edit.finish(draft, dry_run=dry_run)
