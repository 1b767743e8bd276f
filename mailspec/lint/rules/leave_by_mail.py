"""Announcements that members can not end by one click (RFC 8058)."""

from collections.abc import Iterator

from ...mailing import LEAVE, doors
from ...model import web
from ...model.lists import Kind
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Announcement lists that members may leave, on servers without `web`."""
    for key, entry in view.spec.lists.items():
        if entry.kind is Kind.ANNOUNCEMENT and doors(entry) >= LEAVE and not web.name(view.spec):
            fact = f"members leave `{key}` by mail alone; large providers want one click from those who send much"
            hint = "give the server a name for it, such as `web: lists.example.org`"
            yield Advice(("lists", key), fact, hint)
