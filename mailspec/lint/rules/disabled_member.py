"""Somebody named in a list, group or alias who has left."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Disabled accounts in groups, and in lists and aliases that still reach somebody."""
    for key, alias in view.spec.aliases.items():
        for word, names in (("to", alias.to), ("send_as", alias.send_as)):
            for index, name in enumerate(names):
                if view.spec.address(name) in view.disabled and view.routes[view.spec.address(key)].kind != "closed":
                    does = "receives nothing from" if word == "to" else "can not send as"
                    fact = f"`{name}` is disabled and {does} `{key}`"
                    yield Advice(("aliases", key, word, index), fact, "take it out, or put in whoever took over")
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
