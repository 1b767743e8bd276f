"""`mailspec account vacation`: the answer of an account that is away."""

import sys
from pathlib import Path

import click

from . import ask, edit


@click.group()
def vacation() -> None:
    """Set and clear the answer of an account that is away.

    \b
      mailspec account vacation set inventories/first bob --until 2027-01-06 --text "I am back on 7 January."
    """


@vacation.command("set")
@ask.SPEC
@edit.name("name")
@click.option("--text", default="", help="What the answer says; `-` reads it from standard input.")
@click.option("--subject", default="", help="The subject of the answer.")
@click.option("--from", "first", default="", metavar="DAY", help="The first day, such as 2026-12-20.")
@click.option("--until", "last", default="", metavar="DAY", help="The last day.")
@click.option("--days", type=int, help="How many days pass until a sender gets it again.")
@click.option("--address", multiple=True, callback=ask.checked(ask.mailbox), help="A further own address; repeat it.")
@edit.DRY_RUN
def set_command(
    spec: Path,
    name: str,
    text: str,
    subject: str,
    first: str,
    last: str,
    days: int | None,
    address: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Let mail to an account be answered; of an answer that is there, what is not given stays.

    \b
      mailspec account vacation set inventories/first bob --until 2027-01-06 --text "I am back on 7 January."
    """
    from ..edit import vacation
    from ..edit.draft import Draft

    draft = Draft(spec)
    said = sys.stdin.read() if text == "-" else text
    values = {"text": said, "subject": subject, "from": first, "until": last, "addresses": address, "days": days}
    vacation.set_answer(draft, name, values)
    edit.finish(draft, dry_run=dry_run)


@vacation.command("clear")
@ask.SPEC
@edit.name("name")
@edit.DRY_RUN
def clear_command(spec: Path, name: str, dry_run: bool) -> None:
    """Let mail to an account be answered no longer.

    \b
      mailspec account vacation clear inventories/first bob
    """
    from ..edit import vacation
    from ..edit.draft import Draft

    draft = Draft(spec)
    vacation.clear(draft, name)
    edit.finish(draft, dry_run=dry_run)
