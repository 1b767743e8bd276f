"""A list to which nobody may post."""

from collections.abc import Iterator

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Lists whose moderators can not send, or lead nowhere."""
    for key, entry in view.spec.lists.items():
        if entry.post is not Post.MODERATORS:
            continue
        speakers = (who for _, address in view.spec.people(entry.moderators) for who in view.speakers(address))
        if not any(_can_send(view, who) for who in speakers):
            fact = f"nobody may post to `{key}`: none of its moderators can send"
            yield Advice(("lists", key, "moderators"), fact, "name a moderator who can log in and send")


def _can_send(view: View, who: str) -> bool:
    account = view.account(who)
    return account is None or account.can_send
