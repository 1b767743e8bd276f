"""Logs that are gone before somebody asks."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_SHORTEST = 4 * 86400


def check(view: View) -> Iterator[Advice]:
    """Less than a long weekend."""
    if view.spec.retention.logs < _SHORTEST:
        fact = "what happened to a message on Friday can not be found on Tuesday: logs are gone by then"
        yield Advice(("retention", "logs"), fact, "use 7d")
