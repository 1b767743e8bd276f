"""Shared mailboxes: several people open one in their own mail program, and nobody logs in as it (RFC 4314)."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Strict

from ..problem import KeyPath
from .spec import Clash, Spec
from .text import Person, group_of

if TYPE_CHECKING:
    from .domain import MailDomain

LOGIN = ("password", "app_passwords", "protocols", "sending", "groups", "department")
"""The keys of an account that are about who logs in as it."""


class Right(StrEnum):
    """What somebody may do in a shared mailbox; each word includes those before it."""

    READ = "read"
    WRITE = "write"
    MANAGE = "manage"


class Shared(Spec):
    """Who opens a mailbox that nobody logs in to; whoever is named twice has the stronger right."""

    read: Annotated[tuple[Person, ...], Strict(False)] = ()
    """The accounts and groups that read its mail and change nothing (RFC 4314: `lr`)."""

    write: Annotated[tuple[Person, ...], Strict(False)] = ()
    """Those that also flag, file and delete mail in its folders (`lrswipte`)."""

    manage: Annotated[tuple[Person, ...], Strict(False)] = ()
    """Those that also make, rename and remove folders (`lrswiptekx`)."""

    send_as: Annotated[tuple[Person, ...], Strict(False)] = ()
    """The accounts and groups that may send as its addresses; no other right here gives that."""

    def opened(self) -> Iterator[tuple[Right, tuple[Person, ...]]]:
        """Who opens it, the weakest right first."""
        yield from ((Right.READ, self.read), (Right.WRITE, self.write), (Right.MANAGE, self.manage))

    def named(self) -> Iterator[tuple[str, KeyPath]]:
        """Everybody it names, with the place below it."""
        for word, names in (*self.opened(), ("send_as", self.send_as)):
            for index, name in enumerate(names):
                yield name, (str(word), index)


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Shared mailboxes where people are meant who log in, and as which one answers for everybody."""
    shared = {
        spec.address(name): key
        for key, account in spec.accounts.items()
        if account.shared
        for name in (key, *account.aliases)
    }
    for key, group in spec.groups.items() if shared else ():
        for name, below in group.named():
            if not group_of(name) and spec.address(name) in shared:
                fact = f"`{name}` is a shared mailbox, and groups are made of people"
                yield Clash(("groups", key, *below), "no-person", fact, "name its people, or a group of them")
