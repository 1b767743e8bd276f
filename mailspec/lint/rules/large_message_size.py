"""Messages larger than others take."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_COMMON = 100 * 1024**2


def check(view: View) -> Iterator[Advice]:
    """A size limit far above what is common."""
    size = view.spec.limits.message_size
    if size > _COMMON:
        fact = f"messages of {size // 1024**2} MB are taken from users, but most other servers refuse more than 50 MB"
        yield Advice(("limits", "message_size"), fact, "use 50M, and send larger files as links")
