"""`mailspec account export` and `import`: all accounts as a table."""

from pathlib import Path

import click

from . import ask, edit, screen


@click.command("export")
@ask.SPEC
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write there, not to stdout."
)
def export_command(spec: Path, out: Path | None) -> None:
    """Print the accounts as CSV: name, full_name, quota, aliases, lists (RFC 4180).

    \b
      mailspec account export inventories/first --out people.csv
    """
    from .. import files
    from ..edit import table
    from ..edit.draft import Draft

    draft = Draft(spec)
    text = table.write(draft)
    if out:
        files.write(out, text)
        screen.say(f"{files.name(out)}: the accounts as CSV")
    else:
        click.echo(text, nl=False)
    if found := table.formulas(text):
        screen.say(f"note: a spreadsheet may take {', '.join(found[:3])} for a formula; the file has it as it is")


@click.command("import")
@ask.SPEC
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
@edit.DRY_RUN
def import_command(spec: Path, file: Path, dry_run: bool) -> None:
    """Add and change accounts as a CSV file says.

    Its first line names the columns: name, and any of full_name, quota, aliases and lists, both with blanks between.
    An empty cell takes away what the spec has, a column that is not there leaves it. Accounts without a row stay.
    Each new account gets a password, printed once as login, tab, password.

    \b
      mailspec account import inventories/first people.csv --dry-run
    """
    from ..edit import table
    from ..edit.draft import Draft
    from ..edit.roster import take

    draft = Draft(spec)
    passwords = take(draft, *table.read(file))
    edit.finish(draft, dry_run=dry_run)
    if not dry_run:
        edit.tell_passwords(passwords)
