"""Forward: mail for an account goes on to others, with or without a copy in its mailbox."""

from typing import Annotated

from pydantic import Field, Strict

from .spec import Spec
from .text import Person


class Forward(Spec):
    """Where mail for an account goes on to; outside it leaves with a sender of ours in the envelope (SRS)."""

    to: Annotated[tuple[Person, ...], Strict(False)] = Field(min_length=1)
    """Who gets the mail: accounts, groups, lists, aliases and external addresses."""

    keep: bool = True
    """Whether the mailbox keeps a copy; with `false` nothing new arrives in it."""
