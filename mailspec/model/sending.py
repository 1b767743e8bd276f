"""Sending: how much an account may send within an hour and a day, so that a stolen password does little harm.

A day is what large providers allow a person: 2,000 messages to 10,000 recipients (Google Workspace), 10,000 recipients
(Exchange Online). An hour is the sixth part of it or less: nobody writes a whole day's mail in one.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from .spec import Clash, Spec, refusal

if TYPE_CHECKING:
    from .domain import MailDomain

KINDS = ("messages", "recipients")
"""What is counted; a message counts once for each of its recipients as well."""


class Sending(Spec):
    """How much an account may send that has no numbers of its own; over it a mail program is told to try later."""

    messages_per_hour: int = Field(default=300, ge=1, le=1_000_000)
    """The most messages within an hour."""

    messages_per_day: int = Field(default=2000, ge=1, le=10_000_000)
    """The most messages within 24 hours."""

    recipients_per_hour: int = Field(default=1500, ge=1, le=1_000_000)
    """The most recipients within an hour; each recipient of each message counts."""

    recipients_per_day: int = Field(default=10_000, ge=1, le=10_000_000)
    """The most recipients within 24 hours."""

    @model_validator(mode="after")
    def _a_day_is_longer_than_an_hour(self) -> "Sending":
        for fact, hint in out_of_order(self):
            raise refusal("out-of-order", fact, hint)
        return self


class OwnSending(Spec):
    """How much one account may send, where that is not what everybody may."""

    messages_per_hour: int | None = Field(default=None, ge=1, le=1_000_000)
    """The most messages within an hour; what `limits.sending` says if left out, and so with the others."""

    messages_per_day: int | None = Field(default=None, ge=1, le=10_000_000)
    """The most messages within 24 hours."""

    recipients_per_hour: int | None = Field(default=None, ge=1, le=1_000_000)
    """The most recipients within an hour; each recipient of each message counts."""

    recipients_per_day: int | None = Field(default=None, ge=1, le=10_000_000)
    """The most recipients within 24 hours."""


def effective(default: Sending, own: OwnSending | None) -> Sending:
    """What counts for an account."""
    return default.model_copy(update=own.model_dump(exclude_none=True)) if own else default


def words(numbers: Sending) -> str:
    """The numbers as people say them."""
    hour = f"{numbers.messages_per_hour} messages to {numbers.recipients_per_hour} recipients an hour"
    return f"{hour}, {numbers.messages_per_day} to {numbers.recipients_per_day} a day"


def out_of_order(numbers: Sending) -> Iterator[tuple[str, str]]:
    """Hours that allow more than their day: the fact and the hint."""
    for kind in KINDS:
        hour, day = getattr(numbers, f"{kind}_per_hour"), getattr(numbers, f"{kind}_per_day")
        if hour > day:
            fact = f"`{kind}_per_hour` is {hour}, more than `{kind}_per_day`, which is {day}"
            yield fact, f"raise `{kind}_per_day` too, or lower `{kind}_per_hour`"


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Accounts whose hour allows more than their day, with what they leave out."""
    for name, account in spec.accounts.items():
        for fact, hint in out_of_order(effective(spec.limits.sending, account.sending)) if account.sending else ():
            yield Clash(("accounts", name, "sending"), "out-of-order", fact, hint)
