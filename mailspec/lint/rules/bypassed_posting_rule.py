"""A closed list that an open one leads into."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_STRICT = [Post.ANYONE, Post.DOMAIN, Post.MEMBERS, Post.MODERATORS]


def check(view: View) -> Iterator[Advice]:
    """Lists whose posting rule is looser than that of a list among their members."""
    for key, entry in view.spec.lists.items():
        for index, member in enumerate(entry.members):
            inner_key, inner = view.lists.get(view.spec.address(member), (key, entry))
            if _STRICT.index(entry.post) < _STRICT.index(inner.post):
                fact = (
                    f"whoever may post to `{key}` (`{entry.post}`) reaches `{inner_key}`, whose rule is `{inner.post}`"
                )
                hint = f"set `post: {inner.post}` on `{key}`, or name the members themselves"
                yield Advice(("lists", key, "members", index), fact, hint)
