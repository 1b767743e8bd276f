"""`mailspec list`: lists and who is on them."""

from pathlib import Path

import click

from . import ask, edit


@click.group("list")
def list_group() -> None:
    """Edit the lists of a spec; comments, order and layout stay.

    \b
      mailspec list add inventories/first staff --member alice --member bob
    """


@list_group.command()
@ask.SPEC
@edit.name("name")
@click.option("--member", multiple=True, required=True, metavar="ADDRESS", help="Who is on it; repeat it.")
@click.option("--name", "title", default="", help="What the list is for.")
@click.option("--post", default="", metavar="WHO", help="Who may post, such as members; see the reference.")
@click.option("--moderator", multiple=True, metavar="ADDRESS", help="Who may post when WHO is moderators; repeat it.")
@click.option("--kind", default="", metavar="KIND", help="discussion or announcement; else a plain distribution.")
@click.option("--owner", multiple=True, metavar="ADDRESS", help="Who answers for a mailing list; repeat it.")
@click.option("--membership", default="", metavar="WHOSE", help="Who says who is on it: spec, users or both.")
@click.option("--subscription", default="", metavar="HOW", help="Who may join by mail: open, moderated or closed.")
@edit.DRY_RUN
def add(
    spec: Path,
    name: str,
    member: tuple[str, ...],
    title: str,
    post: str,
    moderator: tuple[str, ...],
    kind: str,
    owner: tuple[str, ...],
    membership: str,
    subscription: str,
    dry_run: bool,
) -> None:
    """Add a list.

    \b
      mailspec list add inventories/first staff --member alice --member bob --post domain
      mailspec list add inventories/first chess --kind discussion --member alice --owner alice --membership both
    """
    from ..edit import lists
    from ..edit.draft import Draft

    draft = Draft(spec)
    ways = {"membership": membership, "subscription": subscription, "post": post}
    people = {"moderators": list(moderator), "owners": list(owner)}
    lists.add(draft, name, {"kind": kind, "name": title, "members": list(member), **ways, **people})
    edit.finish(draft, dry_run=dry_run)


@list_group.command()
@ask.SPEC
@edit.name("name")
@click.argument("member", nargs=-1, required=True)
@edit.DRY_RUN
def join(spec: Path, name: str, member: tuple[str, ...], dry_run: bool) -> None:
    """Put members on the list NAME; who is on it already stays.

    \b
      mailspec list join inventories/first staff carol friend@example.com
    """
    from ..edit import lists
    from ..edit.draft import Draft

    draft = Draft(spec)
    lists.join(draft, name, member)
    edit.finish(draft, dry_run=dry_run)


@list_group.command()
@ask.SPEC
@edit.name("name")
@click.argument("member", nargs=-1, required=True)
@edit.DRY_RUN
def leave(spec: Path, name: str, member: tuple[str, ...], dry_run: bool) -> None:
    """Take members off the list NAME.

    \b
      mailspec list leave inventories/first staff bob
    """
    from ..edit import lists
    from ..edit.draft import Draft

    draft = Draft(spec)
    lists.leave(draft, name, member)
    edit.finish(draft, dry_run=dry_run)


@list_group.command()
@ask.SPEC
@edit.name("name")
@edit.FROM_LISTS
@edit.DRY_RUN
def remove(spec: Path, name: str, from_lists: bool, dry_run: bool) -> None:
    """Remove the list NAME; refuses while another list or a catch-all names it.

    \b
      mailspec list remove inventories/first staff
    """
    from ..edit import names
    from ..edit.draft import Draft

    draft = Draft(spec)
    names.remove(draft, "lists", name, from_lists=from_lists)
    edit.finish(draft, dry_run=dry_run)
