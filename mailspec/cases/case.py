"""A case: what to do and what to expect, as data. Nothing here talks to a server."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .outside import STRANGER


class Origin(StrEnum):
    """Where a session comes from."""

    CONTROLLER = "controller"
    """The machine of the tests: an address without a name."""
    WORLD = "world"
    """A proper mail server: its names and addresses agree."""


class Secret(StrEnum):
    """What is given as the password."""

    HASH = "hash"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True)
class Reaches:
    """The message arrives in exactly these mailboxes, once in each."""

    ends: frozenset[str]
    folder: str = "INBOX"

    def __str__(self) -> str:
        where = "" if self.folder == "INBOX" else f" in {self.folder}"
        return f"one copy at {', '.join(sorted(self.ends))}{where}, and nowhere else"


@dataclass(frozen=True)
class Posted(Reaches):
    """The same by way of a mailing list: outside it passes DMARC, and says which list it comes from."""

    list: str = ""
    again: tuple[str, ...] = ()
    """Mailboxes that get one more copy each, from a member who forwards there: a list writes to each member alone."""

    def __str__(self) -> str:
        more = f", one more at {', '.join(self.again)}" if self.again else ""
        return f"{super().__str__()}{more}, as a post of {self.list} that passes DMARC"


@dataclass(frozen=True)
class Held:
    """The message is taken and reaches nobody: it waits for a moderator."""

    def __str__(self) -> str:
        return "taken, and no copy anywhere"


@dataclass(frozen=True)
class Refused:
    """The session ends in one of these codes, at one of these commands (empty: at any)."""

    codes: tuple[int, ...] = ()
    at: tuple[str, ...] = ()

    def __str__(self) -> str:
        code = " or ".join(map(str, self.codes)) or "5xx"
        return f"refused with {code}" + (f" at {' or '.join(self.at)}" if self.at else "")


@dataclass(frozen=True)
class Kept:
    """Refused or filed here; what counts is that no copy leaves."""

    def __str__(self) -> str:
        return "no copy outside"


@dataclass(frozen=True)
class Signed:
    """The message arrives outside with a DKIM signature of each of these keys, and all of them verify."""

    end: str
    keys: frozenset[tuple[str, str]]
    """Domain and selector."""
    by: str = ""
    """Whom the server hands it to; empty for whoever that is."""

    def __str__(self) -> str:
        keys = ", ".join(f"{selector}._domainkey.{domain}" for domain, selector in sorted(self.keys))
        return f"a copy at {self.end} with valid signatures of {keys}" + (f", by way of {self.by}" if self.by else "")


Expect = Reaches | Held | Refused | Kept | Signed


@dataclass(frozen=True, kw_only=True)
class Case:
    """One statement of the spec, and how to prove it."""

    id: str
    sentence: str
    late: ClassVar[int] = 0
    """Its turn: 1 for what disturbs the others, 2 for what disturbs those too; each comes when the last is done."""


@dataclass(frozen=True, kw_only=True)
class Mail(Case):
    """Send one message."""

    to: tuple[str, ...]
    expect: Expect
    login: str = ""
    """Who submits it; empty for a stranger."""
    port: int = 25
    family: int = 0
    """The version of IP; 0 for either."""
    origin: Origin = Origin.WORLD
    sender: str = STRANGER
    """MAIL FROM, without the angle brackets."""
    fresh: bool = False
    """Whether the sender is one that no run has used before."""
    authors: tuple[str, ...] | None = None
    """The From headers; the sender if not said."""
    text: str = "Just a test."
    without: tuple[str, ...] = ()
    """Headers to leave out."""
    headers: tuple[str, ...] = ()
    """Further header lines."""
    signed: bool = False
    """Whether the domain of the author signs it."""
    size: int = 0
    """The SIZE to announce."""


@dataclass(frozen=True, kw_only=True)
class Retrieve(Case):
    """Deliver a message and read it by a protocol, whole."""

    login: str
    protocol: str


@dataclass(frozen=True, kw_only=True)
class Login(Case):
    """Log in."""

    login: str
    protocol: str
    port: int
    succeeds: bool
    password: Secret = Secret.RIGHT
    app: str = ""
    """The app password that is meant; empty for the account's own."""
    family: int = 0
    """The version of IP; 0 for either."""


@dataclass(frozen=True, kw_only=True)
class FailedLogin(Login):
    """Try to log in; the server slows down clients that fail, so these come last."""

    late = 2
    succeeds: bool = False


@dataclass(frozen=True, kw_only=True)
class PlainText(Case):
    """Try to log in without TLS."""

    protocol: str
    port: int


@dataclass(frozen=True, kw_only=True)
class Tls(Case):
    """Shake hands with one version of TLS and check whom the certificate names."""

    protocol: str
    port: int
    version: str
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class OpenPorts(Case):
    """Try every TCP port."""

    late = 1
    family: int
    address: str
    ports: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Quota(Case):
    """Ask how much a mailbox may hold; 0 is unlimited."""

    login: str
    limit: int


@dataclass(frozen=True, kw_only=True)
class Full(Case):
    """Fill a mailbox and send to each of its addresses."""

    late = 1
    login: str
    limit: int
    to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Allowance(Case):
    """Send one message that is still within the limits of an hour, and one that is not."""

    late = 1
    login: str
    to: str
    messages: int
    recipients: int


@dataclass(frozen=True, kw_only=True)
class Smuggle(Case):
    """Send one message that holds a second one after a crooked end of data."""

    to: str
    ending: bytes
