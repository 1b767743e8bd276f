"""People locked out by their own devices."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_LOWEST = 5


def check(view: View) -> Iterator[Advice]:
    """Fewer attempts to log in per minute than a household makes."""
    rate = view.spec.limits.auth_rate
    if rate < _LOWEST:
        fact = f"one client may log in {rate} times a minute: a laptop and two phones behind one address need more"
        yield Advice(("limits", "auth_rate"), fact, "use 10")
