"""Room for sending spam with a stolen password."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_HIGHEST = 10_000


def check(view: View) -> Iterator[Advice]:
    """More recipients an hour for everybody than a person writes to in a day."""
    found = view.spec.limits.sending.recipients_per_hour
    if found > _HIGHEST:
        fact = f"every account may write to {found:,} recipients an hour, and so may whoever steals its password"
        hint = "raise `sending` of the accounts that need it, and leave that of all others"
        yield Advice(("limits", "sending", "recipients_per_hour"), fact, hint)
