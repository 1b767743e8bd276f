"""A sender who is allowed and denied."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Entries of `spam.allow` that `spam.deny` covers."""
    deny = set(view.spec.spam.deny)
    for index, name in enumerate(view.spec.spam.allow):
        covered = {name, name.rpartition("@")[2]} & deny
        if covered:
            fact = f"`{name}` is refused all the same: `{min(covered)}` in `spam.deny` counts more than `spam.allow`"
            yield Advice(("spam", "allow", index), fact, "remove it from one of the two", name)
