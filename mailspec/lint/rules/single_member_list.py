"""An open list with one member, which an alias does better."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Lists for anyone that reach exactly one account."""
    for key, entry in view.spec.lists.items():
        if len(entry.members) == 1 and entry.post is Post.ANYONE and not entry.is_mailing:
            route = view.routes.get(view.spec.address(entry.members[0]))
            if route and route.kind != "closed" and route.path[0] == "accounts":
                fact = f"`{key}` is a list with one member, `{entry.members[0]}`"
                hint = f"make it an alias of `{route.path[1]}`, who may then also answer as `{key}`"
                yield Advice(("lists", key), fact, hint)
