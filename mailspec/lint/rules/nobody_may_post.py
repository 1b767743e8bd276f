"""A list to which nobody may post."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Lists whose moderators are all disabled or lead nowhere."""
    for key, entry in view.spec.lists.items():
        if entry.post is not Post.MODERATORS:
            continue
        if not any(True for _, address in view.spec.people(entry.moderators) for _ in view.ends(address)):
            fact = f"nobody may post to `{key}`: none of its moderators can log in"
            yield Advice(("lists", key, "moderators"), fact, "name a moderator who is enabled")
