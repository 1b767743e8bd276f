"""A mailing list that nobody answers for."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Discussion and announcement lists without owners."""
    for key, entry in view.spec.lists.items():
        if entry.is_mailing and not entry.owners:
            fact = f"`{key}` has no owner, so the postmaster hears from its members"
            yield Advice(("lists", key), fact, "name who runs the list (`owners`)")
