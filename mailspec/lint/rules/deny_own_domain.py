"""A refusal of mail in our own name."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Entries of `spam.deny` that are ours."""
    for index, name in enumerate(view.spec.spam.deny):
        if name.rpartition("@")[2] in view.spec.domains:
            fact = f"`{name}` is ours: posts of our people that come back from mailing lists elsewhere are refused"
            yield Advice(("spam", "deny", index), fact, "remove it; DMARC refuses what is forged in our name", name)
