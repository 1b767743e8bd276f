"""The commands of mailspec; the only part that prints and exits."""

import os
import sys
from typing import Any

import click

from .. import __version__
from ..problem import SpecError
from . import accounts, aliases, explain, generations, groups, init, lint, lists, plan, screen, secret, show


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mailspec")
def commands() -> None:
    """A mail domain as code: one file, one command, tested with real mail.

    SPEC is a folder with a `mail.yml`, or that file. Begin with:

    \b
      mailspec init inventories/first --domain example.org --server mx1.example.org --account alice
      mailspec validate inventories/first
      ansible-playbook -i inventories/first site.yml

    Exit codes: 0 fine, 1 something you can mend, 3 a bug of ours; `plan --exit-code` adds 2 and 4.
    """


for _command in (
    accounts.account,
    aliases.alias,
    explain.explain,
    generations.generations,
    groups.group,
    init.init,
    lint.lint,
    lists.list_group,
    plan.plan,
    secret.secret,
    show.dns,
    show.render,
    show.schema,
    show.validate,
):
    commands.add_command(_command)


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", lambda **_: None)
        reconfigure(errors="backslashreplace")  # a terminal without UTF-8 is no reason to stop
    try:
        code = commands.main(arguments, prog_name="mailspec", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 1
    except click.Abort:
        screen.say("stopped; nothing was changed")
        return 1
    except SpecError as error:
        screen.problems(error)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
        return 1
    except OSError as error:
        screen.problems(screen.from_system(error))
        return 1
    except Exception as error:
        if os.environ.get("MAILSPEC_DEBUG"):
            raise
        screen.bug(error)
        return 3
    return code if isinstance(code, int) else 0
