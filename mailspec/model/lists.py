"""Lists: one address that reaches many, and the rule who may post to it."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, Strict, model_validator

from .spec import Spec, refusal
from .text import MailboxName, Person, Text


class Post(StrEnum):
    """Who may post to a list. Local senders count by their login, others only when DMARC passes (RFC 9989)."""

    ANYONE = "anyone"
    DOMAIN = "domain"
    MEMBERS = "members"
    MODERATORS = "moderators"


class List(Spec):
    """A distribution list: mail to it reaches each member once."""

    name: Text | None = None
    """What the list is for."""

    members: Annotated[tuple[Person, ...], Strict(False)] = Field(min_length=1)
    """Accounts, groups, other lists and external addresses; `everyone` for all accounts."""

    aliases: Annotated[tuple[MailboxName, ...], Strict(False)] = ()
    """Further addresses of the list, under the same posting rule."""

    post: Annotated[Post, Strict(False)] = Post.MEMBERS
    """Who may post: `anyone`, `domain` (every account), `members` or `moderators`."""

    moderators: Annotated[tuple[Person, ...], Strict(False)] = ()
    """Who may post when `post` is `moderators`."""

    @model_validator(mode="after")
    def _moderators_fit(self) -> "List":
        if self.post is Post.MODERATORS and not self.moderators:
            raise refusal("no-moderator", "`post` is `moderators` but there is none", "add `moderators: [alice]`")
        return self
