"""Posts of strangers that wait although anyone may post."""

from collections.abc import Iterator

from ...model.lists import Moderation, Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Lists that hold what strangers post, and know no strangers."""
    for key, entry in view.spec.lists.items():
        if entry.moderation is Moderation.STRANGERS and entry.post is Post.ANYONE:
            fact = f"nothing waits for a moderator of `{key}`: to `post: anyone` nobody is a stranger"
            yield Advice(("lists", key, "moderation"), fact, "set `post: members`, or `moderation: all`")
