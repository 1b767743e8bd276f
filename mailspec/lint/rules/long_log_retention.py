"""Logs of who wrote to whom, kept for long."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_LONGEST = 31 * 86400


def check(view: View) -> Iterator[Advice]:
    """More than a month."""
    if view.spec.retention.logs > _LONGEST:
        days = view.spec.retention.logs // 86400
        fact = f"mail logs stay for {days} days: they say who wrote to whom, when and from where"
        yield Advice(("retention", "logs"), fact, "use 7d, or 31d at most")
