"""A closed list or alias that an open one leads into."""

from collections.abc import Iterator, Mapping

from ...model.lists import Post
from ...problem import KeyPath
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_STRICT = list(Post)
"""From the loosest rule to the strictest."""


def check(view: View) -> Iterator[Advice]:
    """Lists and aliases with a looser rule than that of a list or alias that their mail goes on to."""
    rules = {name: (rule.path[1], Post(rule.entry.post)) for rule in view.rules for name in rule.names}
    for key, alias in view.spec.aliases.items():
        yield from _inner(view, rules, key, Post(alias.post), ("aliases", key, "to"), alias.to)
    for key, entry in view.spec.lists.items():
        yield from _inner(view, rules, key, entry.post, ("lists", key, "members"), entry.members)


def _inner(
    view: View, rules: Mapping[str, tuple[object, Post]], key: str, post: Post, path: KeyPath, names: tuple[str, ...]
) -> Iterator[Advice]:
    for index, name in enumerate(names):
        inner, rule = rules.get(view.spec.address(name), (key, post))
        if _STRICT.index(post) < _STRICT.index(rule):
            fact = f"whoever may post to `{key}` (`{post}`) reaches `{inner}`, whose rule is `{rule}`"
            hint = f"set `post: {rule}` on `{key}`, or name the people themselves"
            if path[0] == "aliases" and rule is not Post.DOMAIN:
                hint = f"add `{key}` to `aliases` of the list, or name the members themselves"
            yield Advice((*path, index), fact, hint)
