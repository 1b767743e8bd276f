"""A member of a list or group who has left."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Disabled accounts among the members of groups, and of lists that still reach somebody."""
    for key, group in view.spec.groups.items():
        for index, name in enumerate(group.members):
            if view.spec.address(name) in view.disabled:
                fact = f"`{name}` is disabled, so it is not in the group `{key}`"
                yield Advice(("groups", key, "members", index), fact, "take it out, or put in whoever took over")
    for key, entry in view.spec.lists.items():
        left = [index for index, name in enumerate(entry.members) if view.spec.address(name) in view.disabled]
        if len(left) == len(entry.members):
            continue  # the list reaches nobody, which is a finding of its own
        for index in left:
            fact = f"`{entry.members[index]}` is disabled and receives nothing from `{key}`"
            yield Advice(("lists", key, "members", index), fact, "take it out, or put in whoever took over")
