"""One message to very many people."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_MOST = 1000


def check(view: View) -> Iterator[Advice]:
    """A limit of recipients that suits a thief."""
    number = view.spec.limits.recipients
    if number > _MOST:
        fact = f"one message may go to {number} recipients: a stolen password reaches that many with one command"
        yield Advice(("limits", "recipients"), fact, "use 100, and a list for what goes to more")
