"""Lists: one address that reaches many, and the rule who may post to it."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, Strict, model_validator

from .quantity import Bytes, Seconds
from .spec import Spec, refusal
from .text import MailboxName, Person, Prefix, Text


class Kind(StrEnum):
    """What a list is: Postfix fans a distribution out, mlmmj runs the others."""

    DISTRIBUTION = "distribution"
    DISCUSSION = "discussion"
    ANNOUNCEMENT = "announcement"


class Membership(StrEnum):
    """Who says who is on a list."""

    SPEC = "spec"
    USERS = "users"
    BOTH = "both"


class Moderation(StrEnum):
    """Whose posts wait for a moderator."""

    NONE = "none"
    STRANGERS = "strangers"
    ALL = "all"


class Post(StrEnum):
    """Who may post to a list. Local senders count by their login, others only when DMARC passes (RFC 9989)."""

    ANYONE = "anyone"
    DOMAIN = "domain"
    MEMBERS = "members"
    MODERATORS = "moderators"


class ReplyTo(StrEnum):
    """Whom an answer goes to."""

    AUTHOR = "author"
    LIST = "list"


class Subscription(StrEnum):
    """Whether people may join by mail."""

    OPEN = "open"
    MODERATED = "moderated"
    CLOSED = "closed"


class List(Spec):
    """A list: mail to it reaches each member once."""

    kind: Annotated[Kind, Strict(False)] = Kind.DISTRIBUTION
    """`distribution`, a plain fan-out; or `discussion` or `announcement`, with all that a mailing list has."""

    name: Text | None = None
    """What the list is for."""

    members: Annotated[tuple[Person, ...], Strict(False)] = Field(min_length=1)
    """Accounts, groups, other lists and external addresses; `everyone` for all accounts."""

    membership: Annotated[Membership, Strict(False)] = Membership.SPEC
    """Who says who is on it: `spec`, `users` (`members` are the first, then they come and go by mail), or `both`."""

    subscription: Annotated[Subscription, Strict(False)] = Subscription.CLOSED
    """Who may join by mail where users have a say: `open` to anybody, `moderated` by the owners, or `closed`."""

    aliases: Annotated[tuple[MailboxName, ...], Strict(False)] = ()
    """Further addresses of the list, under the same posting rule."""

    post: Annotated[Post, Strict(False)] = Post.MEMBERS
    """Who may post: `anyone`, `domain` (every account), `members` or, as always to announcements, `moderators`."""

    moderators: Annotated[tuple[Person, ...], Strict(False)] = ()
    """Who may post when `post` is `moderators`, and who decides about posts that wait."""

    moderation: Annotated[Moderation, Strict(False)] = Moderation.NONE
    """Whose posts wait for a moderator: of nobody, of `strangers` instead of a refusal, or of `all` but moderators."""

    owners: Annotated[tuple[Person, ...], Strict(False)] = ()
    """Who gets the mail for `NAME+owner` and decides who may join; the postmaster where nobody is named."""

    prefix: Prefix | None = None
    """What the subject of each post begins with."""

    reply_to: Annotated[ReplyTo, Strict(False)] = ReplyTo.AUTHOR
    """Whom an answer goes to: `author` or `list`."""

    message_size: Bytes = 0
    """The largest post; 0 leaves it to `limits`."""

    archive: bool = True
    """Whether posts are kept, and sent again to members who ask."""

    digest: Seconds = 0
    """How often members who want that get all posts in one message; 0 is never."""

    bounces: Seconds = Field(default=14 * 86400, ge=86400)
    """How long mail for a member may come back before the member is removed; whom the spec names stays."""

    @model_validator(mode="before")
    @classmethod
    def _announcements_come_from_moderators(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("kind") == Kind.ANNOUNCEMENT and "post" not in data:
            return {**data, "post": Post.MODERATORS}
        return data

    @model_validator(mode="after")
    def _moderators_fit(self) -> "List":
        if self.post is Post.MODERATORS and not self.moderators:
            raise refusal("no-moderator", "`post` is `moderators` but there is none", "add `moderators: [alice]`")
        if self.moderation is not Moderation.NONE and not self.moderators:
            fact = f"posts wait (`moderation: {self.moderation}`) but there is no moderator"
            raise refusal("no-moderator", fact, "add `moderators: [alice]`")
        return self

    @model_validator(mode="after")
    def _kind_fits(self) -> "List":
        named = sorted(_MAILING & self.model_fields_set)
        if not self.is_mailing and named:
            fact = f"a distribution list has no {', '.join(f'`{name}`' for name in named)}"
            raise refusal("distribution-list", fact, "add `kind: discussion`")
        if self.kind is Kind.ANNOUNCEMENT and self.post is not Post.MODERATORS:
            fact = f"`post` is `{self.post}`, and announcements come from moderators"
            raise refusal("announcement-list", fact, "leave `post` out, or add `kind: discussion`")
        if self.subscription is not Subscription.CLOSED and not self.is_joined:
            fact = f"`subscription` is `{self.subscription}` but the spec alone says who is on the list"
            raise refusal("closed-membership", fact, "add `membership: both`")
        if self.digest and not self.archive:
            raise refusal("no-archive", "a digest is made of the archive, which is off", "take `archive` out")
        return self

    @property
    def named(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Everybody the list names, by the key that does."""
        return (("members", self.members), ("moderators", self.moderators), ("owners", self.owners))

    @property
    def is_mailing(self) -> bool:
        """Whether mlmmj runs it."""
        return self.kind is not Kind.DISTRIBUTION

    @property
    def is_joined(self) -> bool:
        """Whether users come and go by mail."""
        return self.membership is not Membership.SPEC


_MAILING = {
    "archive",
    "bounces",
    "digest",
    "membership",
    "message_size",
    "moderation",
    "owners",
    "prefix",
    "reply_to",
    "subscription",
}
"""The keys of lists that mlmmj runs."""
