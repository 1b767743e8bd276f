"""Room for guessing passwords."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_HIGHEST = 30


def check(view: View) -> Iterator[Advice]:
    """More attempts to log in per minute than people need."""
    rate = view.spec.limits.auth_rate
    if rate > _HIGHEST:
        fact = f"one client may try {rate} passwords a minute, {rate * 60 * 24:,} a day"
        yield Advice(("limits", "auth_rate"), fact, "use 10, or 30 when an office shares one address")
