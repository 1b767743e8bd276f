"""A mailing list whose answers go where they are refused."""

from collections.abc import Iterator

from ...model.lists import Post, ReplyTo
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Lists that draw answers to themselves though only moderators may post."""
    for key, entry in view.spec.lists.items():
        if entry.reply_to is ReplyTo.LIST and entry.post is Post.MODERATORS:
            fact = f"answers to posts of `{key}` go to the list, where only moderators may post"
            yield Advice(("lists", key, "reply_to"), fact, "take `reply_to` out, so that answers reach the author")
