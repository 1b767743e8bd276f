"""`mailspec plan`: what a change of the spec will do."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..shown import shown
from . import ask, screen

if TYPE_CHECKING:
    from ..plan.statement import Plan

CHANGES, DANGER = 2, 4
"""Exit codes of --exit-code: something changes, and a danger that nobody has acknowledged."""


@click.command()
@ask.SPEC
@click.option(
    "--base", required=True, metavar="REV|DIR|FILE", help="The old side: a git revision, a folder, a mail.yml."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json", "html"]), default="text", show_default=True
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write there, not to stdout."
)
@click.option(
    "--diff/--no-diff", default=True, show_default=True, help="In text: the content of the files that differ."
)
@click.option("--allow", multiple=True, metavar="KEY", help="Acknowledge a danger, as the plan names it; repeat it.")
@click.option("--exit-code", is_flag=True, help="2 for changes, 4 for a danger that nobody has acknowledged.")
def plan(
    spec: Path, base: str, form: str, out: Path | None, diff: bool, allow: tuple[str, ...], exit_code: bool
) -> int:
    """Say what a change of the spec will do, before it is made.

    Compares SPEC with its base and reports in mail terms who receives, sends and posts differently, the danger in it,
    the DNS records, the files of each server and what reloads. Needs no server and shows no secret.

    A danger loses mail, opens something or removes what can not be made again. It waits for a yes: by --allow, or by
    `acknowledge` in the spec.

    \b
      mailspec plan inventories/first --base main
      mailspec plan inventories/first --base main --format html --out plan.html
      mailspec plan inventories/first --base HEAD~1 --exit-code --allow account-removed:dave@example.org
    """
    from .. import files
    from ..plan.make import plan as make

    found = _allowed(make(spec, base), allow)
    text = _shown(found, form, diff=diff, colour=out is None and screen.wants_colour())
    if out:
        files.write(out, text)
        screen.say(f"{files.name(out)}: the plan as {form}")
    else:
        click.echo(text, nl=False, color=True)
    if not exit_code or not found.changes:
        return 0
    return DANGER if found.dangers else CHANGES


def _allowed(found: "Plan", allow: tuple[str, ...]) -> "Plan":
    """The plan with the dangers of --allow acknowledged; a key that names none of them is told."""
    dangers = {statement.key for statement in found.dangers}
    for key in allow:
        if key not in dangers:
            screen.say(f"note: --allow {shown(key, 4096)}: no danger has this key")
    given = {key: "--allow" for key in allow if key in dangers}
    return replace(found, acknowledged={**found.acknowledged, **given})


def _shown(found: "Plan", form: str, *, diff: bool, colour: bool) -> str:
    if form == "html":
        from ..plan.show.html import html

        return html(found)
    if form == "json":
        from ..plan.show.json import json

        return json(found)
    if form == "markdown":
        from ..plan.show.markdown import markdown

        return markdown(found)
    from ..plan.show.text import text

    return text(found, diff=diff, colour=colour)
