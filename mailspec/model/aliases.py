"""Aliases: addresses that belong to no single account, who may write to them, and who may send as them."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, Strict, model_validator

from .day import Day
from .patterns import AddressPattern
from .spec import Spec, refusal
from .text import Person


class Writers(StrEnum):
    """Who may write to an alias, in the words of lists."""

    ANYONE = "anyone"
    DOMAIN = "domain"


class Alias(Spec):
    """An address that belongs to no single account."""

    to: Annotated[tuple[Person, ...], Strict(False)] = Field(min_length=1)
    """Who gets the mail: accounts, groups, lists, other aliases and external addresses; `everyone` for all accounts."""

    patterns: Annotated[tuple[AddressPattern, ...], Strict(False)] = ()
    """Further addresses by pattern, such as `sales-*`; an address that is defined itself comes first."""

    send_as: Annotated[tuple[Person, ...], Strict(False)] = ()
    """The accounts and groups that may send as the address; without them nobody may."""

    send_on_behalf: Annotated[tuple[Person, ...], Strict(False)] = ()
    """The accounts and groups that may write in its name, as long as `Sender:` says who they are."""

    post: Annotated[Writers, Strict(False)] = Writers.ANYONE
    """Who may write to it: `anyone`, or `domain` for every account that is logged in and nobody else."""

    from_: Day | None = Field(default=None, alias="from")
    """The first day on which it takes mail, in UTC; before it mail is refused."""

    until: Day | None = None
    """The last day on which it takes mail, in UTC; after it mail is refused, and nobody may send as it."""

    @model_validator(mode="after")
    def _days_are_in_order(self) -> "Alias":
        if self.from_ and self.until and self.until < self.from_:
            fact = f"`until` is {self.until}, before `from`, which is {self.from_}"
            raise refusal("days-out-of-order", fact, "exchange them, or leave one out")
        return self

    @property
    def has_days(self) -> bool:
        """Whether there are days on which it takes no mail."""
        return bool(self.from_ or self.until)

    def on(self, day: date) -> "Alias":
        """The alias as it is on a day: it leads to nobody while it takes no mail."""
        if not self.has_days:
            return self
        open_ = (self.from_ or date.min) <= day <= (self.until or date.max)
        return self.model_copy(update={"from_": None, "until": None, **({} if open_ else {"to": ()})})
