"""A moderator who has left."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Disabled accounts among several moderators."""
    for key, entry in view.spec.lists.items():
        left = [index for index, name in enumerate(entry.moderators) if view.spec.address(name) in view.disabled]
        if entry.post is not Post.MODERATORS or len(left) == len(entry.moderators):
            continue  # without any moderator nobody may post, which is a finding of its own
        for index in left:
            fact = f"`{entry.moderators[index]}` is disabled and can not post to `{key}`"
            yield Advice(("lists", key, "moderators", index), fact, "take it out, or put in whoever took over")
