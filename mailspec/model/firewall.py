"""Firewall: which ports the world reaches; those of mail follow from the roles of a server."""

from typing import Annotated

from pydantic import Field, Strict

from .network import IpNetwork
from .spec import Spec


class Ssh(Spec):
    """How administrators reach a server."""

    port: int = Field(default=22, ge=1, le=65535)
    """The port of sshd."""

    from_: Annotated[tuple[IpNetwork, ...], Strict(False)] = Field(default=(), alias="from")
    """Networks that may connect; empty means every one."""


class Firewall(Spec):
    """The packet filter of each server."""

    ssh: Ssh = Ssh()
    """The port administrators use."""
