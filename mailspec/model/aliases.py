"""Aliases: addresses that belong to no single account, and who may send as them."""

from typing import Annotated

from pydantic import Field, Strict

from .spec import Spec
from .text import Person


class Alias(Spec):
    """An address that belongs to no single account; anybody may write to it."""

    to: Annotated[tuple[Person, ...], Strict(False)] = Field(min_length=1)
    """Who gets the mail: accounts, groups, lists, other aliases and external addresses; `everyone` for all accounts."""

    send_as: Annotated[tuple[Person, ...], Strict(False)] = ()
    """The accounts and groups that may send as the address; without them nobody may."""
