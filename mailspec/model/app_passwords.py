"""App passwords: further passwords of an account, each for one program or device, revoked one by one."""

from typing import Annotated

from pydantic import Field, Strict

from .day import Day
from .network import IpNetwork
from .protocols import Protocol
from .secret import SecretRef
from .spec import Spec


class AppPassword(Spec):
    """A password of one program or device."""

    hash: SecretRef
    """The vault entry with the hash, made by `mailspec account app-password add`."""

    protocols: Annotated[frozenset[Annotated[Protocol, Strict(False)]], Strict(False)] = Field(
        default=frozenset({Protocol.IMAP, Protocol.POP3, Protocol.SMTP}), min_length=1
    )
    """By what it logs in, of those the account has; by `sieve` only where that is named."""

    networks: Annotated[tuple[IpNetwork, ...], Strict(False)] = ()
    """Where it logs in from; from everywhere if there is none."""

    until: Day | None = None
    """The last day it logs in, in UTC."""
