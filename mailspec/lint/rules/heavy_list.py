"""A list to which one large message fills disks."""

from collections.abc import Iterator
from itertools import islice

from ...model.lists import Post
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO

_MOST = 10 * 1024**3


def check(view: View) -> Iterator[Advice]:
    """Lists where one message of the largest size means more than 10 GB to deliver."""
    for key, entry in view.spec.lists.items():
        enough = _MOST // min(entry.message_size or view.spec.limits.message_size, view.spec.limits.message_size) + 1
        if entry.post is Post.MODERATORS:
            continue
        if len(set(islice(view.ends(view.spec.address(key)), enough))) == enough:
            fact = f"one message of the largest size to `{key}` is more than 10 GB to deliver"
            hint = "lower `limits.message_size`, or let few post to the list (`post: moderators`)"
            yield Advice(("lists", key), fact, hint)
