"""Mail of removed accounts that may be gone before anybody misses it."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_SHORTEST = 14 * 86400


def check(view: View) -> Iterator[Advice]:
    """Less than two weeks."""
    if view.spec.retention.accounts < _SHORTEST:
        days = view.spec.retention.accounts // 86400
        fact = f"the mail of an account that leaves the spec may be deleted after {days} day{'s' if days > 1 else ''}"
        yield Advice(("retention", "accounts"), fact, "use 30d: a mistake is often noticed after a holiday")
