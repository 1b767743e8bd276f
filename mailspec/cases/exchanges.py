"""Cases in which one message leads to another."""

from dataclasses import dataclass

from ..model.shared import Right
from .case import Case


@dataclass(frozen=True, kw_only=True)
class Answer(Case):
    """Write to an account that is away, twice as a person and once as a list, and read the one answer."""

    login: str
    to: str
    """The address of the account to write to."""
    text: str
    keys: frozenset[tuple[str, str]]
    """The keys that sign the answer."""


@dataclass(frozen=True, kw_only=True)
class Bounce(Case):
    """Submit a message that the far end refuses, and read the notice, signed by one of these keys."""

    login: str
    to: str
    keys: frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Forwarded(Case):
    """Write to an address whose mail leaves for the outside, and send a bounce to the sender it leaves with."""

    to: str
    end: str
    """Who gets it outside."""
    domain: str
    """The domain of the sender it leaves with; empty for a bounce, which keeps none."""


@dataclass(frozen=True, kw_only=True)
class Crowd(Case):
    """Hold many connections to the web service that say nothing, and read a page beside them."""

    late = 1
    host: str
    clients: int


@dataclass(frozen=True, kw_only=True)
class OneClick(Case):
    """Join a mailing list, leave it again by the address in a post, and see that nothing less than that ends it."""

    late = 1
    list: str
    login: str
    poster: str
    """A member of the spec, who posts before and after."""
    poster_stays: bool
    """Whether the spec keeps the poster on the list."""


@dataclass(frozen=True, kw_only=True)
class Page(Case):
    """Read a page of the web service."""

    host: str
    path: str
    status: int
    text: str = ""
    """What it says as plain text, to the byte; empty for whatever it says."""


@dataclass(frozen=True, kw_only=True)
class Membership(Case):
    """Join a mailing list by mail and leave it again."""

    late = 1
    list: str
    login: str


@dataclass(frozen=True, kw_only=True)
class Opened(Case):
    """Find a shared mailbox by IMAP and try what each right lets people do there."""

    late = 1
    mailbox: str
    login: str
    right: Right | None
    """None for somebody who may not open it."""
    receives: bool
    """Whether mail to its address arrives in its inbox."""
