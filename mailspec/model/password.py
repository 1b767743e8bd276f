"""Passwords: every one has an owner, and the spec never holds more than the name of its hash."""

from enum import StrEnum
from typing import Annotated

from pydantic import Strict, model_validator

from .day import Day
from .secret import SecretRef
from .spec import Spec, refusal


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

    until: Day | None = None
    """The last day on which an initial password logs in, in UTC; one that the user has set goes on."""

    @model_validator(mode="after")
    def _only_an_initial_password_ends(self) -> "Password":
        if self.until and self.owner is Owner.SPEC:
            fact = "`until` ends an initial password, and with `owner: spec` there is none"
            raise refusal("no-initial-password", fact, "write `owner: user`, or set `until` of the account itself")
        return self
