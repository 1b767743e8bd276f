"""Commands that only read a spec: `validate`, `render`, `dns`, `schema`."""

import json
from pathlib import Path

import click

from . import ask, screen

_PARTS = ("accounts", "aliases", "dkim", "domains", "groups", "lists")


@click.command()
@ask.SPEC
def validate(spec: Path) -> None:
    """Check the spec, and report everything that is wrong with it.

    \b
      mailspec validate inventories/demo
    """
    from ..load import Source

    source = Source(spec)
    model = source.spec()
    numbers = {
        "domain": len(model.domains),
        "server": len(model.servers),
        "account": len(model.accounts),
        "group": len(model.groups),
        "list": len(model.lists),
        "alias": len(model.aliases),
    }
    counts = ", ".join(f"{count} {_many(word) if count > 1 else word}" for word, count in numbers.items() if count)
    click.echo(f"{source.main} is valid: {counts}")


def _many(word: str) -> str:
    return f"{word}es" if word.endswith("s") else f"{word}s"


@click.command()
@ask.SPEC
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where the trees go.")
def render(spec: Path, out: Path) -> None:
    """Write the tree of each server to DIR/SERVER, without any secret, and MTA-STS policies to DIR/mta-sts.DOMAIN.

    DIR must be new, empty, or written by an earlier render. The same spec gives the same bytes.

    \b
      mailspec render inventories/demo --out /tmp/tree
    """
    from ..load import Source
    from ..mta_sts import policies
    from ..output import write_trees
    from ..render import TEMPLATES
    from ..render import render as tree

    source = Source(spec)
    model = source.spec()
    trees = [tree(model, server, TEMPLATES, source.place) for server in sorted(model.servers)]
    web = policies(model)
    write_trees(out, trees, web)
    for made in trees:
        screen.say(f"{out / made.server}: {len(made.files)} files")
    for path in web:
        screen.say(f"{out / path}: to be published at https://{path}")


@click.command()
@ask.SPEC
@click.option("--format", "form", type=click.Choice(["zone", "table"]), default="zone", show_default=True)
def dns(spec: Path, form: str) -> None:
    """Print the DNS records of the spec, each with its reason.

    \b
      mailspec dns inventories/demo --format table
    """
    from ..dns import records, reverse_zones, table, zones
    from ..load import load

    model = load(spec)
    if form == "table":
        click.echo(table(records(model)), nl=False)
    else:
        click.echo("\n".join((zones(model) | reverse_zones(model)).values()), nl=False)


@click.command()
@click.option("--part", type=click.Choice(_PARTS), help="Of the files of one part.")
@click.option("--plan", is_flag=True, help="The schema of `mailspec plan --format json` instead.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write the schema of every kind of file.")
def schema(part: str | None, plan: bool, out: Path | None) -> None:
    """Print the JSON Schema of `mail.yml`, for editors and for reading.

    `mailspec init` writes all schemas to `.schema` in the folder of the spec, and a first line for editors; after an
    update of mailspec, --out renews them.

    \b
      mailspec schema > mailspec.schema.json
      mailspec schema --out inventories/demo/.schema
      mailspec schema --plan > plan.schema.json
    """
    from ..output import write_schemas
    from ..plan.show.json import schema as of_plan
    from ..schema import schema as of_spec

    if (part is not None) + plan + (out is not None) > 1:
        raise click.UsageError("--part, --plan and --out exclude each other")
    if out:
        write_schemas(out)
    else:
        click.echo(json.dumps(of_plan() if plan else of_spec(part or ""), indent=2))
