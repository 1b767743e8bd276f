"""`mailspec secret`: the vault of a spec."""

import sys
from pathlib import Path

import click

from . import ask, screen


@click.group()
def secret() -> None:
    """The vault of a spec: what it needs, and filling it.

    \b
      mailspec secret list inventories/first
    """


@secret.command("fill")
@ask.SPEC
@click.option("--passwords", is_flag=True, help="Also make a password for each account without one, and print it.")
def fill_command(spec: Path, passwords: bool) -> None:
    """Make everything that can be made: DKIM keys, certificates of the test CA, the vault itself.

    Passwords are printed once, as login, tab, password. A second run makes nothing.

    \b
      mailspec secret fill --passwords inventories/first
    """
    from ..fill import fill

    done = fill(spec, passwords=passwords)
    for made in done.made:
        screen.say(f"+ {made}")
    for login, password in done.passwords.items():
        click.echo(f"{login}\t{password}")
    if not done.made and not done.passwords:
        screen.say("nothing to make")
    for name in done.lacking:
        screen.say(f"missing: {name} (mailspec secret set {spec} {name})")


@secret.command("list")
@ask.SPEC
def list_command(spec: Path) -> None:
    """Which secrets the spec needs and whether the vault has them; never a value.

    \b
      mailspec secret list inventories/first
    """
    from ..load import Source
    from ..secrets import needed
    from ..vault import Vault

    source = Source(spec)
    needs = needed(source.spec(complete=False))
    places = source.places(need.path for need in needs)
    present = set(Vault.open(source.folder).names())
    rows = [
        (need.name, need.kind.value, "present" if need.name in present else "missing", str(places[need.path]))
        for need in needs
    ]
    rows += [(name, "", "unused", "") for name in sorted(present - {need.name for need in needs})]
    screen.table(("name", "what", "state", "needed at"), rows)


@secret.command("set")
@ask.SPEC
@click.argument("name")
@click.option("--stdin", is_flag=True, help="Read the value from standard input, as is done for keys.")
@click.option("--hash", "is_hash", is_flag=True, help="The password on standard input is a hash with its {SCHEME}.")
def set_command(spec: Path, name: str, stdin: bool, is_hash: bool) -> None:
    """Put one secret into the vault: a password as its hash, that of a relay and a key as they are.

    \b
      mailspec secret set inventories/first alice
      mailspec secret set --stdin inventories/first tls/mx1.example.org < key.pem
    """
    from ..load import Source
    from ..password import check_password, hash_password
    from ..secrets import Kind, find, put
    from ..vault import Vault

    source = Source(spec)
    model = source.spec(complete=False)
    need = find(model, name)
    if need.kind is Kind.APP_PASSWORD and not is_hash:
        raise click.UsageError("an app password is made, not chosen; use `mailspec account app-password add`")
    vault = Vault.open(source.folder)
    if need.kind not in {Kind.PASSWORD, Kind.RELAY} or is_hash:
        value = sys.stdin.read().strip() + "\n" * (not is_hash)
    else:
        if not stdin and not sys.stdin.isatty():
            raise click.UsageError("there is no terminal to ask on; use --stdin")
        typed = sys.stdin.readline().rstrip("\r\n") if stdin else ask.password(f"Password for {name}")
        try:
            value = typed if need.kind is Kind.RELAY else hash_password(check_password(typed))
        except ValueError as error:
            raise click.UsageError(f"this is no good password: {error}") from None
    put(model, vault, need, value)
    vault.save()
    screen.say(f"{name}: the {need.kind.value} is in the vault")
