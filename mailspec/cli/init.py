"""`mailspec init`: a first spec."""

import sys
from pathlib import Path

import click

from . import ask, screen


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--domain", callback=ask.checked(ask.domain), help="The mail domain, such as example.org.")
@click.option("--server", callback=ask.checked(ask.domain), help="The full name of its server.")
@click.option("--account", callback=ask.checked(ask.local_part), help="The first account, also postmaster.")
@click.option(
    "--address", multiple=True, callback=ask.checked(ask.address), help="An IP address of the server; repeat it."
)
def init(folder: Path, domain: str | None, server: str | None, account: str | None, address: tuple[str, ...]) -> None:
    """Write a small working spec to DIR, with its keys and its vault.

    Asks for what is missing. Without --address the server gets addresses that are kept for documents and tests.

    \b
      mailspec init inventories/first --domain example.org --server mx1.example.org --account alice
    """
    from ..init import EXAMPLES, Answers, refuse_full
    from ..init import init as write
    from ..password import random_password

    refuse_full(folder)  # before any question
    domain = domain or ask.answer("--domain", "Mail domain", None, ask.domain)
    server = server or ask.answer("--server", "Full name of the server", f"mx1.{domain}", ask.domain)
    account = account or ask.answer("--account", "First account", None, ask.local_part)
    typed = ask.password(f"Password of {account} (nothing: one is made)") if sys.stdin.isatty() else ""
    password = typed or random_password()
    write(folder, Answers(domain, server, account, address or EXAMPLES, password))
    if not typed:
        screen.say(f"the password of {account}@{domain}, shown only now:")
        click.echo(f"{account}@{domain}\t{password}")
    if not address:
        screen.say(f"\n{server} has addresses kept for tests: put the real ones into {folder / 'mail.yml'}")
    screen.say(
        f"\nnext:\n  mailspec validate {folder}\n  mailspec dns {folder}\n  ansible-playbook -i {folder} site.yml"
    )
