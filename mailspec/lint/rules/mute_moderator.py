"""A moderator who can not send."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts that can not send among several moderators."""
    for key, entry in view.spec.lists.items():
        left = [
            index
            for index, name in enumerate(entry.moderators)
            if (account := view.account(name)) and not account.can_send
        ]
        if entry.post is not Post.MODERATORS or len(left) == len(entry.moderators):
            continue  # without any moderator nobody may post, which is a finding of its own
        for index in left:
            fact = f"`{entry.moderators[index]}` can not send, and so not post to `{key}`"
            yield Advice(("lists", key, "moderators", index), fact, "take it out, or put in whoever took over")
