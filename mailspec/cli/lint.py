"""`mailspec lint`: legal, but is it wise?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import screen

if TYPE_CHECKING:
    from datetime import datetime

    from ..load import Source

_LEVELS = ["error", "warning", "info"]


@click.command()
@click.argument("spec", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True
)
@click.option(
    "--level", type=click.Choice(_LEVELS), default="info", show_default=True, help="Leave out what matters less."
)
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
    default="error",
    show_default=True,
    help="The level from which a finding makes the exit code 1.",
)
@click.option("--vault", is_flag=True, help="Also judge the kinds of the password hashes; needs the vault's password.")
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Also judge who ends or has ended by then, such as `--on $(date -I)`.",
)
@click.option("--explain", metavar="ID", help="Print the page of a rule.")
@click.option("--list", "listing", is_flag=True, help="Print all rules.")
def lint(
    spec: Path | None,
    form: str,
    level: str,
    fail_on: str,
    vault: bool,
    day: "datetime | None",
    explain: str | None,
    listing: bool,
) -> int | None:
    """Say what is legal in a spec, but probably not wise.

    A finding is an error (mail is lost or refused), a warning (it works, but probably not as meant, or at the cost
    of safety, privacy or delivery) or an info (worth knowing). `lint: {silence: {ID: reason}}` in the spec silences
    a rule, `ID:SUBJECT` one finding of it. Warnings do not fail unless `--fail-on warning` says so.

    \b
      mailspec lint inventories/demo
      mailspec lint --explain empty-list
    """
    from ..lint import Level, report, rules
    from ..lint.show import FORMATS
    from ..load import Source

    if listing:
        screen.table(("rule", "level", "finds"), ((rule.id, rule.level.word, rule.title) for rule in rules().values()))
        return None
    if explain:
        click.echo(_page(explain), nl=False)
        return None
    if spec is None:
        raise click.UsageError("name a spec, or use --list or --explain ID")
    source = Source(spec)
    found = report(source, _schemes(source) if vault else None, day.date() if day else None)
    limit = None if fail_on == "never" else Level[fail_on.upper()]
    failed = found.broken or (limit is not None and found.worst is not None and found.worst >= limit)
    text = FORMATS[form](found.above(Level[level.upper()]))
    if form == "text":
        screen.findings(text)
    else:
        click.echo(text, nl=False)
    return int(failed)


def _page(id_: str) -> str:
    import difflib

    from ..lint import rules

    if id_ in rules():
        return f"# {id_} ({rules()[id_].level.word})\n\n{rules()[id_].title}.\n\n{rules()[id_].text()}"
    near = difflib.get_close_matches(id_, rules(), 1)
    hint = f"write `{near[0]}`" if near else "see `mailspec lint --list`"
    raise click.BadParameter(f"there is no rule `{id_}`; {hint}", param_hint="--explain")


def _schemes(source: "Source") -> dict[str, str]:
    """The scheme of each password hash, by the name of its secret; never the hash."""
    from ..password import scheme
    from ..vault import Vault

    vault = Vault.open(source.folder)
    return {name: scheme(vault.get(name)) for name in vault.names()}
