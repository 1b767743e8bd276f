"""A list of many people to which anyone may post."""

from collections.abc import Iterator
from itertools import islice

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_MANY = 20


def check(view: View) -> Iterator[Advice]:
    """Open lists that reach more people than share a desk."""
    for key, entry in view.spec.lists.items():
        if entry.post is Post.ANYONE:
            reached = set(islice(view.ends(view.spec.address(key)), _MANY + 1))
            if len(reached) > _MANY:
                fact = f"any stranger reaches more than {_MANY} people with one message to `{key}`"
                yield Advice(("lists", key, "post"), fact, "set `post: domain`, `members` or `moderators`")
