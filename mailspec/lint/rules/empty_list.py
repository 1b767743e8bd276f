"""A list that reaches nobody."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Lists without a single member who receives mail."""
    for key, entry in view.spec.lists.items():
        if next(view.ends(view.spec.address(key)), None) is None:
            plural = "every member" if len(entry.members) > 1 else f"`{entry.members[0]}`"
            fact = f"`{key}` reaches nobody: {plural} takes no mail or leads nowhere, so its mail is refused"
            yield Advice(("lists", key), fact, "put in somebody who reads it, or remove the list")
