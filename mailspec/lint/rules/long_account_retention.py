"""Mail of people who left, kept for years."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_LONGEST = 366 * 86400


def check(view: View) -> Iterator[Advice]:
    """More than a year."""
    days = view.spec.retention.accounts // 86400
    if view.spec.retention.accounts > _LONGEST:
        fact = f"the mail of accounts that left the spec is kept for at least {days} days"
        yield Advice(("retention", "accounts"), fact, "use 30d to 1 year, or make sure that a rule asks for more")
