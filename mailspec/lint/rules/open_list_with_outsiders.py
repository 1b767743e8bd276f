"""A list or alias that passes mail of strangers on to the outside."""

from collections.abc import Iterator

from ...model.aliases import Writers
from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Aliases and open lists with members of other domains."""
    for key, alias in view.spec.aliases.items():
        if alias.post is not Writers.ANYONE:
            continue
        for index, name in view.spec.people(alias.to):
            if not view.spec.is_ours(name):
                fact = f"anyone may write to `{key}`, which passes everything on to `{name}` outside"
                hint = "close the alias (`post: domain`), or give the person an account here"
                yield Advice(("aliases", key, "to", index), fact, hint)
    for key, entry in view.spec.lists.items():
        if entry.post is not Post.ANYONE:
            continue
        for index, name in view.spec.people(entry.members):
            if not view.spec.is_ours(name):
                fact = f"anyone may post to `{key}`, which passes everything on to `{name}` outside"
                hint = "close the list (`post: domain` or `members`), or give the person an account here"
                yield Advice(("lists", key, "members", index), fact, hint)
