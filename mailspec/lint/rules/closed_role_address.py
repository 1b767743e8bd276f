"""A role address that strangers can not write to (RFC 2142)."""

from collections.abc import Iterator

from ...model.lists import Post
from ...routing import ROLE_NAMES
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Lists with a role name that do not take mail from anyone."""
    for named in view.names:
        entry = view.spec.lists.get(named.key) if named.section == "lists" else None
        if entry and entry.post is not Post.ANYONE and named.address.partition("@")[0] in ROLE_NAMES:
            fact = f"strangers can not write to `{named.written}`: the list takes mail only from `{entry.post}`"
            yield Advice(named.path, fact, "set `post: anyone` on the list", named.address, on_key=True)
