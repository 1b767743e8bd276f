"""Passwords: every one has an owner, and the spec never holds more than the name of its hash."""

from enum import StrEnum
from typing import Annotated

from pydantic import Strict

from .secret import SecretRef
from .spec import Spec


class Owner(StrEnum):
    """Who decides what the password is."""

    SPEC = "spec"
    USER = "user"


class Password(Spec):
    """How an account proves who it is."""

    owner: Annotated[Owner, Strict(False)] = Owner.USER
    """`spec`: every converge enforces the hash. `user`: it counts until the user changes it."""

    hash: SecretRef
    """The vault entry with the hash, made by `mailspec secret set`."""
