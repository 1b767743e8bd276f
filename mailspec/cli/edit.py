"""What the commands that edit a spec share: their options, and what they print."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ..problem import SpecError
from ..shown import shown
from . import ask, screen

if TYPE_CHECKING:
    from ..edit.draft import Draft

DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
FROM_LISTS = click.option("--from-lists", is_flag=True, help="Take it out of the lists that name it, too.")
PASSWORD = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")

_COLOURS = {"+": "green", "-": "red", "~": "yellow", "@": "cyan"}


def name(argument: str) -> Callable[[Any], Any]:
    """An argument that is the address of an account or list."""
    return click.argument(argument, callback=ask.checked(ask.mailbox))


def label(argument: str) -> Callable[[Any], Any]:
    """An argument that is the name of an app password."""
    return click.argument(argument, callback=ask.checked(ask.label))


def finish(draft: "Draft", *, dry_run: bool) -> None:
    """Judge the edited spec, write it, and print what has changed."""
    from ..plan.show.text import text

    try:
        plan = draft.plan()
    except SpecError:
        screen.say("the edit was not made; this is what the edited spec would have wrong:\n")
        raise
    if not dry_run:
        draft.save()
    colour = screen.wants_colour()
    lines = [shown(line, len(line)) for line in draft.diff()]
    click.echo("".join(f"{_painted(line) if colour else line}\n" for line in lines) + "\n" * bool(lines), nl=False)
    click.echo(text(plan, diff=False, colour=colour), nl=False, color=True)


def typed_password(question: str, *, stdin: bool) -> str:
    """A password from standard input or the terminal; empty when one is to be made."""
    from ..password import check_password

    if not stdin:
        return ask.password(f"{question} (nothing: one is made)") if sys.stdin.isatty() else ""
    try:
        return check_password(sys.stdin.readline().rstrip("\r\n"))
    except ValueError as error:
        raise click.UsageError(f"this is no good password: {error}") from None


def tell_passwords(passwords: dict[str, str]) -> None:
    """The passwords that were made, by login: shown once, kept nowhere."""
    if passwords:
        screen.say(f"\nthe password{'s' if len(passwords) > 1 else ''}, shown only now:")
    for login, password in passwords.items():
        click.echo(f"{login}\t{password}")


def _painted(line: str) -> str:
    return click.style(line, fg=_COLOURS.get(line[:1]))
