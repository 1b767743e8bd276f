"""A role address that only people outside read."""

from collections.abc import Iterator

from ...routing import ROLE_NAMES
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Role names whose mail ends at other domains only."""
    for named in view.names:
        if named.section == "lists" and named.address.partition("@")[0] in ROLE_NAMES:
            reached = set(view.ends(named.address))
            if reached and not any(view.spec.is_ours(end) for end in reached):
                fact = f"mail to `{named.written}` only leaves the domain, nobody here sees it"
                hint = "add an account of your own to the list"
                yield Advice(named.path, fact, hint, named.address, on_key=True)
