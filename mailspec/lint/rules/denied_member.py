"""Somebody who may post to a list, but whose mail is refused."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_POSTS = {Post.ANYONE: "members", Post.MEMBERS: "members", Post.MODERATORS: "moderators"}


def check(view: View) -> Iterator[Advice]:
    """Outside members and moderators that `spam.deny` covers."""
    deny = set(view.spec.spam.deny)
    for outsider in view.outsiders:
        entry = view.spec.lists[str(outsider.path[1])]
        denied = {outsider.address, outsider.address.partition("@")[2]} & deny
        if denied and _POSTS.get(entry.post) == outsider.path[2]:
            fact = f"`{outsider.address}` may post to `{outsider.path[1]}`, but `spam.deny` refuses its mail"
            yield Advice(
                outsider.path, fact, f"take `{min(denied)}` out of `spam.deny`, or the address out of the list"
            )
