"""What a mailing list does besides reaching its members: who joins, what waits, and what its commands are."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ..mailing import COMMANDS, LEAVE, doors, owners
from ..model.domain import MailDomain
from ..model.lists import List, Membership, Moderation, ReplyTo, Subscription
from ..problem import KeyPath
from .step import Fact, Step

if TYPE_CHECKING:
    from .trace import Trace

_MEMBERS = {
    Membership.SPEC: "the spec alone says who is on it",
    Membership.USERS: "its members come and go by mail; the spec names the first",
    Membership.BOTH: "whom the spec names stays on it, others come and go by mail",
}
_JOIN = {
    Subscription.OPEN: "anybody may join by mail",
    Subscription.MODERATED: "whoever its owners let in may join by mail",
    Subscription.CLOSED: "nobody may join by mail",
}


def facts(spec: MailDomain, entry: List, path: KeyPath) -> Iterator[Fact]:
    """How a mailing list is run."""
    yield Fact(_MEMBERS[entry.membership], (*path, "membership"))
    if entry.is_joined:
        yield Fact(_JOIN[entry.subscription], (*path, "subscription"))
    for server, settings in spec.servers.items():
        if settings.web and doors(entry) >= LEAVE:
            yield Fact(f"members leave by one click at {settings.web}", ("servers", server, "web"))
    if entry.moderation is not Moderation.NONE:
        whose = "posts of strangers wait" if entry.moderation is Moderation.STRANGERS else "posts wait"
        yield Fact(f"{whose} for a moderator, unless one wrote them", (*path, "moderation"))
    if entry.reply_to is ReplyTo.LIST:
        yield Fact("answers go to the list", (*path, "reply_to"))
    if entry.archive:
        yield Fact("posts are kept in its archive", (*path, "archive"))


def command(trace: "Trace", address: str, depth: int) -> Step | None:
    """What follows the `+` in the address of a mailing list does; None where it is no such address."""
    local, _, domain = address.partition("@")
    base, _, detail = local.partition("+")
    route = trace.table.get(f"{base}@{domain}")
    entry = trace.spec.lists[str(route.path[1])] if route and route.path[0] == "lists" else None
    if not route or not entry or not entry.is_mailing or not detail:
        return None
    path = route.path[:2]
    if not any(doors(entry) >= width and fnmatchcase(detail, pattern) for width, pattern in COMMANDS):
        return Step(address, "unknown", f"`+{detail}` is no command of this list, refused with 550 5.1.1", path)
    if detail == "owner":
        following = tuple(trace.step(owner, depth + 1) for owner in owners(trace.spec, entry))
        return Step(address, "alias", "the owners of the list", (*path, "owners"), following)
    return Step(address, "command", "a command to the list, for whoever proves to be its author", path)
