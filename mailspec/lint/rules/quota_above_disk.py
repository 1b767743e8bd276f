"""Quotas that promise more than the disk holds."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """A server whose `disk` is smaller than the sum of all quotas."""
    promised = sum(account.quota for account in view.spec.mailboxes.values())
    for name, server in view.spec.servers.items():
        if 0 < server.disk < promised:
            times = promised / server.disk
            fact = f"the quotas are {times:.1f} times the `disk` of `{name}`"
            hint = "lower quotas, enlarge the disk, or silence this with the reason when you watch how it fills"
            yield Advice(("servers", name, "disk"), fact, hint)
