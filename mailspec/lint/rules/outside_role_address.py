"""A role address that only people outside read."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Role names whose mail ends at other domains only."""
    for route in view.roles():
        reached = set(view.ends(route.address))
        if reached and not any(view.spec.is_ours(end) for end in reached):
            fact = f"mail to `{view.written(route.path)}` only leaves the domain, nobody here sees it"
            hint = "add an account of your own"
            yield Advice(route.path, fact, hint, route.address, on_key=True)
