"""`mailspec explain`: what happens to mail for an address, and whether somebody may send it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import ask, screen

if TYPE_CHECKING:
    from ..explain import Answer, Expansion, Explanation
    from ..load import Source
    from ..model.domain import MailDomain


@click.command()
@ask.SPEC
@click.argument("address")
@click.option("--from", "authors", multiple=True, metavar="ADDRESS", help="The From header; `<>` is a null sender.")
@click.option("--authenticated-as", "login", default="", metavar="LOGIN", help="Who submits the message.")
@click.option("--envelope", metavar="ADDRESS", help="MAIL FROM, where it differs from the From header.")
@click.option("--dmarc", type=click.Choice(["pass", "fail"]), help="Suppose that DMARC proves the author, or does not.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def explain(
    spec: Path,
    address: str,
    authors: tuple[str, ...],
    login: str,
    envelope: str | None,
    dmarc: str | None,
    as_json: bool,
) -> None:
    """Follow mail for ADDRESS through the spec.

    Says where it goes, who may send as the address and post to it, which rules and limits apply, and which line of
    which file says so. With --from, --envelope or --authenticated-as it answers instead whether that sender may write
    to ADDRESS: the first line begins with yes or no and names the rule that decides. Both answers have exit code 0.
    With `group:NAME` in place of ADDRESS it says who is in the group, and what names it.

    \b
      mailspec explain inventories/demo staff@example.org
      mailspec explain inventories/demo group:everyone
      mailspec explain inventories/demo staff --from bob --authenticated-as bob
    """
    from ..explain import expansion, is_group, may, question
    from ..explain import explain as follow
    from ..load import Source

    source = Source(spec)
    model = source.spec(complete=False)
    if authors or login or envelope is not None:
        proof = None if dmarc is None else dmarc == "pass"
        _print(source, model, may(model, question(model, address, authors, login, envelope, proof)), as_json)
    elif dmarc:
        raise click.UsageError("--dmarc needs --from")
    elif is_group(address):
        _print(source, model, expansion(model, address), as_json)
    else:
        _print(source, model, follow(model, address), as_json)


def _print(source: "Source", model: "MailDomain", found: "Explanation | Expansion | Answer", as_json: bool) -> None:
    from ..explain import Expansion, Explanation, show
    from ..explain.step import is_written

    places = source.places({path for path in show.paths(found) if is_written(model, path)})
    if as_json:
        click.echo(json.dumps(show.plain(found, places.get), indent=2, ensure_ascii=False))
    elif isinstance(found, Explanation):
        screen.tree(show.tree(found, places.get))
    elif isinstance(found, Expansion):
        screen.tree(show.expansion(found, places.get))
    else:
        screen.tree(show.answer(found, places.get))
