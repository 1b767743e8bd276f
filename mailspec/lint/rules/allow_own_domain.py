"""An exception from the spam filter for mail in our own name."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Entries of `spam.allow` that are ours."""
    for index, name in enumerate(view.spec.spam.allow):
        if name.rpartition("@")[2] in view.spec.domains:
            fact = f"`{name}` is ours: whoever logs in is not filtered anyway, and others should be"
            yield Advice(("spam", "allow", index), fact, "remove it from `spam.allow`", name)
