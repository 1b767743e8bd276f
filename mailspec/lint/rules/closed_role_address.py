"""A role address that strangers can not write to (RFC 2142)."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR

_FROM = {
    Post.DOMAIN: "accounts of ours",
    Post.MEMBERS: "its members",
    Post.MODERATORS: "its moderators",
}


def check(view: View) -> Iterator[Advice]:
    """Lists with a role name that do not take mail from anyone."""
    for route in view.roles():
        if route.path[0] != "lists":
            continue
        name, post = view.written(route.path), view.spec.lists[str(route.path[1])].post
        if post is not Post.ANYONE:
            fact = f"strangers can not write to `{name}`: the list takes mail only from {_FROM[post]}"
            yield Advice(route.path, fact, "set `post: anyone` on the list", route.address, on_key=True)
