"""Accounts: people and services with a mailbox and a login."""

from typing import Annotated

from pydantic import Field, Strict

from .password import Password
from .quantity import Bytes
from .spec import Spec
from .text import GroupName, MailboxName, Text


class Account(Spec):
    """A mailbox and the person or service that logs in to it."""

    name: Text | None = None
    """The name people see."""

    password: Password
    """Who owns the password, and which vault entry holds its hash."""

    quota: Bytes = Field(default=0, ge=0)
    """The largest size of the mailbox; 0 is unlimited."""

    aliases: Annotated[tuple[MailboxName, ...], Strict(False)] = ()
    """Further addresses of this account; it may send as each of them."""

    groups: Annotated[tuple[GroupName, ...], Strict(False)] = ()
    """The groups this account is in; a name is enough to make one."""

    department: Text | None = None
    """Where the person works, for groups that ask for it."""

    enabled: bool = True
    """Whether the account can log in and receive; its mail is kept either way."""
