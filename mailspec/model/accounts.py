"""Accounts: people and services with a mailbox and a login, and mailboxes that several people share."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from .app_passwords import AppPassword
from .day import Day
from .forward import Forward
from .password import Password
from .protocols import Protocol
from .quantity import Bytes
from .sending import OwnSending
from .shared import LOGIN, Shared
from .sieve import ScriptPath
from .spec import Spec, refusal
from .text import GroupName, Label, MailboxName, Person, Text
from .vacation import Vacation


class State(StrEnum):
    """What an account may do."""

    ACTIVE = "active"
    SEND_BLOCKED = "send-blocked"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"


class Account(Spec):
    """A mailbox and the person or service that logs in to it, or those who share it."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["password"]}, {"required": ["shared"]}]})

    name: Text | None = None
    """The name people see."""

    password: Password | None = None
    """Who owns the password, and which vault entry holds its hash; every account has one that is not `shared`."""

    shared: Shared | None = None
    """Who opens the mailbox, where nobody logs in as it."""

    app_passwords: dict[Label, AppPassword] = Field(default_factory=dict, json_schema_extra={"default": {}})
    """Further passwords, each for one program or device, by a name for it."""

    quota: Bytes = Field(default=0, ge=0)
    """The largest size of the mailbox; 0 is unlimited."""

    aliases: Annotated[tuple[MailboxName, ...], Strict(False)] = ()
    """Further addresses of this account; it may send as each of them."""

    groups: Annotated[tuple[GroupName, ...], Strict(False)] = ()
    """The groups this account is in; a name is enough to make one."""

    department: Text | None = None
    """Where the person works, for groups that ask for it."""

    state: Annotated[State, Strict(False)] = State.ACTIVE
    """`send-blocked` can not send; with `suspended` nobody logs in; with `archived` new mail is refused too."""

    from_: Day | None = Field(default=None, alias="from")
    """The first day of work, in UTC; before it the account is as if archived."""

    until: Day | None = None
    """The last day of work, in UTC; after it the account is as if archived."""

    protocols: Annotated[frozenset[Annotated[Protocol, Strict(False)]], Strict(False)] = Field(
        default=frozenset(Protocol), min_length=1
    )
    """How it can log in: `imap`, `pop3`, `sieve` (for filters), `smtp` (to send)."""

    send_on_behalf: Annotated[tuple[Person, ...], Strict(False)] = ()
    """The accounts and groups that may write in its name, as long as `Sender:` says who they are."""

    sending: OwnSending | None = None
    """How much it may send within an hour and a day, where that is not what everybody may."""

    receive: bool = True
    """Whether mail to it is taken; `false` is for an account that only sends."""

    forward: Forward | None = None
    """Who else gets its mail, or who gets it instead."""

    renamed_from: MailboxName | None = None
    """The name this account had before; the next converge moves that mailbox here."""

    sieve: ScriptPath | None = None
    """A Sieve script that sees its mail before the script of the user does, such as `sieve/alice.sieve`."""

    vacation: Vacation | None = None
    """What whoever writes to it gets as an answer, and on which days."""

    @model_validator(mode="after")
    def _days_are_in_order(self) -> "Account":
        if self.from_ and self.until and self.until < self.from_:
            fact = f"`until` is {self.until}, before `from`, which is {self.from_}"
            raise refusal("days-out-of-order", fact, "exchange them, or leave one out")
        return self

    @model_validator(mode="after")
    def _somebody_logs_in_or_it_is_shared(self) -> "Account":
        if not self.shared:
            if not self.password:
                raise PydanticCustomError("missing_key", "`password` is missing", {"key": "password"})
            return self
        given = [key for key in LOGIN if getattr(self, key) and getattr(self, key) != frozenset(Protocol)]
        if given:
            fact = f"nobody logs in as a shared mailbox, and this one has `{given[0]}`"
            raise refusal("shared-login", fact, f"take `{given[0]}` out, or `shared`")
        if self.state not in {State.ACTIVE, State.ARCHIVED}:
            fact = f"nobody logs in as a shared mailbox, so `state: {self.state}` means nothing"
            raise refusal("shared-login", fact, "take `state` out, or write `archived`")
        return self

    @model_validator(mode="after")
    def _no_two_passwords_are_one(self) -> "Account":
        if not self.app_passwords or not self.password:
            return self
        # the server tells passwords apart by what their entries hold
        first = {self.password.hash.name: "password"}
        for label, app in self.app_passwords.items():
            other = first.setdefault(app.hash.name, f"app_passwords.{label}")
            if other != f"app_passwords.{label}":
                fact = f"`app_passwords.{label}` and `{other}` name the same secret, `{app.hash.name}`"
                raise refusal("secret-twice", fact, "give each an entry of its own")
        return self

    @model_validator(mode="after")
    def _what_is_forwarded_is_taken(self) -> "Account":
        if self.forward and not self.receive:
            fact = "`receive: false` takes no mail, so there is nothing to `forward`"
            raise refusal("nothing-to-forward", fact, "take one of them out")
        return self

    @property
    def entry(self) -> str:
        """The vault entry with the hash of its password; empty where nobody logs in."""
        return self.password.hash.name if self.password else ""

    @property
    def can_log_in(self) -> bool:
        """Whether its password opens anything, on a day of work."""
        return not self.shared and (self.state is State.ACTIVE or self.state is State.SEND_BLOCKED)

    def can_log_in_by(self, protocol: str) -> bool:
        """Whether its password opens a session of a protocol, on a day of work."""
        return self.can_log_in and protocol in self.protocols

    @property
    def can_send(self) -> bool:
        """Whether it may submit mail, on a day of work."""
        return self.state is State.ACTIVE and self.can_log_in_by(Protocol.SMTP)

    @property
    def can_read(self) -> bool:
        """Whether somebody can read its mail, on a day of work."""
        return self.can_log_in_by(Protocol.IMAP) or self.can_log_in_by(Protocol.POP3)

    @property
    def receives(self) -> bool:
        """Whether mail to it is taken, on a day of work."""
        return self.state is not State.ARCHIVED and self.receive

    @property
    def keeps(self) -> bool:
        """Whether mail that is taken stays in its mailbox, on a day of work."""
        return self.receives and (not self.forward or self.forward.keep)

    @property
    def has_days(self) -> bool:
        """Whether there are days on which it is not at work."""
        return bool(self.from_ or self.until)

    def opened_by(self, app: AppPassword) -> frozenset[Protocol]:
        """What an app password opens, on a day of work: never more than the account's own."""
        return app.protocols & self.protocols if self.can_log_in else frozenset()

    def on(self, day: date) -> "Account":
        """The account as it is on a day."""
        if self.vacation and not self.vacation.is_on(day):
            return self.model_copy(update={"vacation": None}).on(day)
        apps = {label: app for label, app in self.app_passwords.items() if not app.until or day <= app.until}
        if not self.has_days and apps == self.app_passwords:
            return self
        at_work = (self.from_ or date.min) <= day <= (self.until or date.max)
        state = self.state if at_work else State.ARCHIVED
        return self.model_copy(update={"from_": None, "until": None, "state": state, "app_passwords": apps})
