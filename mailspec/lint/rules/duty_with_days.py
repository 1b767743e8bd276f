"""A duty that ends, or has not begun, with nobody else to do it."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View
from ..words import some

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Catch-alls and the moderators of lists that are all accounts with a first or last day."""
    for name, domain in view.spec.domains.items():
        if domain.catch_all and _has_days(view, domain.catch_all):
            fact = f"the catch-all of `{name}`, `{domain.catch_all}`, has `from` or `until`"
            hint = "name one who stays: outside of those days mail to unknown addresses is refused"
            yield Advice(("domains", name, "catch_all"), fact, hint)
    for key, entry in view.spec.lists.items():
        if entry.post is Post.MODERATORS and all(_has_days(view, name) for name in entry.moderators):
            fact = f"nobody may post to `{key}` outside of the days of {some(entry.moderators)}"
            yield Advice(("lists", key, "moderators"), fact, "add a moderator who stays")


def _has_days(view: View, name: str) -> bool:
    account = view.account(name)
    return account is not None and account.has_days
