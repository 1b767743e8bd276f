"""Servers: the hosts that carry the domain."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, Strict, model_validator

from .network import IpAddress
from .quantity import Bytes
from .spec import Spec, refusal
from .text import DomainName


class Release(StrEnum):
    """The releases mailspec renders for."""

    DEBIAN_12 = "debian-12"
    DEBIAN_13 = "debian-13"


class Role(StrEnum):
    """What a server does."""

    MX = "mx"
    SUBMISSION = "submission"
    MAILBOX = "mailbox"


class Server(Spec):
    """One host, known by its full name: its greeting, reverse DNS and certificate all carry it."""

    addresses: Annotated[tuple[IpAddress, ...], Strict(False)] = Field(min_length=1)
    """The public addresses, IPv4 and IPv6."""

    os: Annotated[Release, Strict(False)] = Release.DEBIAN_13
    """The installed release."""

    roles: Annotated[frozenset[Annotated[Role, Strict(False)]], Strict(False)] = frozenset(Role)
    """`mx` receives, `submission` accepts mail of users, `mailbox` stores it and serves IMAP and POP3."""

    web: DomainName | None = None
    """The name of its web service at port 443, to leave lists by one click and for `mta_sts`; none without."""

    disk: Bytes = Field(default=0, ge=0)
    """The space for mail, for `mailspec lint` to weigh quotas against; 0 is unknown. The server itself ignores it."""

    generations: int = Field(default=10, ge=2, le=1000)
    """How many generations the server keeps, the current one included, to go back to."""

    @model_validator(mode="after")
    def _addresses_are_unicast(self) -> "Server":
        for address in self.addresses:
            if address.is_multicast or address.is_unspecified or address.is_loopback or address.is_link_local:
                raise refusal("bad-address", f"`{address}` is no address others can reach", "write the public address")
        return self
