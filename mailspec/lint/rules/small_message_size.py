"""Messages that everybody else takes are refused."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_COMMON = 20 * 1024**2


def check(view: View) -> Iterator[Advice]:
    """A size limit below what people expect to send."""
    size = view.spec.limits.message_size
    if size < _COMMON:
        fact = f"messages above {size // 1024**2} MB are refused: attachments grow by a third on their way"
        yield Advice(("limits", "message_size"), fact, "use 50M")
