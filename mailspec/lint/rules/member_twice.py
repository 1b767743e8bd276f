"""A member who stands in a list twice."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Members that are two names of one account, list or address."""
    for key, entry in view.spec.lists.items():
        first: dict[object, int] = {}
        for index, name in enumerate(entry.members):
            other = first.setdefault(view.owner(name) or name, index)
            if other != index:
                fact = f"`{name}` is in `{key}` already, as `{entry.members[other]}`"
                yield Advice(("lists", key, "members", index), fact, "remove one of them")
