"""A closed list that an alias or an open list leads into."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_STRICT = [Post.ANYONE, Post.DOMAIN, Post.MEMBERS, Post.MODERATORS]


def check(view: View) -> Iterator[Advice]:
    """Aliases that lead to a list with a rule, and lists with a looser rule than that of a list among their members."""
    for key, alias in view.spec.aliases.items():
        for index, name in enumerate(alias.to):
            inner_key, inner = view.lists.get(view.spec.address(name), ("", None))
            if inner and inner.post is not Post.ANYONE:
                fact = f"whoever writes to `{key}` reaches `{inner_key}`, whose rule is `{inner.post}`"
                hint = f"add `{key}` to `aliases` of the list, or name the members themselves"
                yield Advice(("aliases", key, "to", index), fact, hint)
    for key, entry in view.spec.lists.items():
        for index, member in enumerate(entry.members):
            inner_key, inner = view.lists.get(view.spec.address(member), (key, entry))
            if _STRICT.index(entry.post) < _STRICT.index(inner.post):
                fact = (
                    f"whoever may post to `{key}` (`{entry.post}`) reaches `{inner_key}`, whose rule is `{inner.post}`"
                )
                hint = f"set `post: {inner.post}` on `{key}`, or name the members themselves"
                yield Advice(("lists", key, "members", index), fact, hint)
