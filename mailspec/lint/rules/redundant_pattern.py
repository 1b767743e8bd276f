"""A sender that another entry covers."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Entries of `spam.allow` or `spam.deny` that change nothing."""
    for word, patterns in (("allow", view.spec.spam.allow), ("deny", view.spec.spam.deny)):
        first: dict[str, int] = {}
        for index, name in enumerate(patterns):
            first.setdefault(name, index)
        for index, name in enumerate(patterns):
            domain = name.rpartition("@")[2]
            if first[name] != index or (domain != name and domain in first):
                cover = name if first[name] != index else domain
                fact = f"`{name}` changes nothing, since `{cover}` is in `spam.{word}` already"
                yield Advice(("spam", word, index), fact, "remove it", name)
