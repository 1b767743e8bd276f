"""Moderators without a say."""

from collections.abc import Iterator

from ...model.lists import Moderation, Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Lists that name moderators but do not ask them."""
    for key, entry in view.spec.lists.items():
        if entry.moderators and entry.post is not Post.MODERATORS and entry.moderation is Moderation.NONE:
            fact = f"`{key}` names moderators, but its rule is `post: {entry.post}`"
            yield Advice(("lists", key, "moderators"), fact, "set `post: moderators`, or remove them")
