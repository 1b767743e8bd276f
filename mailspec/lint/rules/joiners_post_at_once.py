"""A mailing list that any stranger joins and then posts to."""

from collections.abc import Iterator

from ...model.lists import Moderation, Post, Subscription
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Lists that anybody joins by mail and whose members post without a moderator."""
    for key, entry in view.spec.lists.items():
        free = entry.post is Post.MEMBERS and entry.moderation is not Moderation.ALL
        if entry.subscription is Subscription.OPEN and free:
            fact = f"anybody joins `{key}` by mail, and its members post without being asked"
            hint = "let the owners decide who joins (`subscription: moderated`), or hold posts (`moderation: all`)"
            yield Advice(("lists", key, "subscription"), fact, hint)
