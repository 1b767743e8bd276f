"""Somebody who stands in a list or alias twice."""

from collections.abc import Iterator

from ...problem import KeyPath
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Members or targets that are two names of one account, list or address."""
    parts: list[tuple[KeyPath, tuple[str, ...]]] = []
    parts += [(("lists", key, "members"), entry.members) for key, entry in view.spec.lists.items()]
    parts += [(("aliases", key, "to"), alias.to) for key, alias in view.spec.aliases.items()]
    for path, names in parts:
        first: dict[object, int] = {}
        for index, name in enumerate(names):
            other = first.setdefault(view.owner(name) or name, index)
            if other != index:
                fact = f"`{name}` is in `{path[1]}` already, as `{names[other]}`"
                yield Advice((*path, index), fact, "remove one of them")
