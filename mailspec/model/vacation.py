"""Vacation: one answer to whoever writes to an account that is away (RFC 5230), and to nobody else (RFC 3834)."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, Strict, model_validator

from .day import Day
from .spec import Spec, refusal
from .text import MailboxName, Text, visible

LONGEST = 4000
"""The most characters of an answer; what is longer belongs on a page it can name."""
LONGEST_LINE = 900
"""The most bytes of one line; servers break longer ones (RFC 5322, 2.1.1), and with them the signature."""


def _answer(value: str) -> str:
    lines = [visible(line).rstrip(" ") for line in value.split("\n")]
    text = "\n".join(lines).strip("\n")
    if not text:
        raise refusal("empty-text", "the answer says nothing", "write its lines below a `|`, or leave `vacation` out")
    if len(text) > LONGEST:
        raise refusal("too-long", f"an answer of {len(text)} characters", f"use at most {LONGEST} characters")
    if (longest := max(len(line.encode()) for line in lines)) > LONGEST_LINE:
        raise refusal("too-long", f"a line of {longest} bytes", f"break it: use at most {LONGEST_LINE} bytes a line")
    return text


Answer = Annotated[str, AfterValidator(_answer)]
"""Lines for people to read, without control characters."""


class Vacation(Spec):
    """The answer of an account that is away. Lists, bulk and automatic mail, bounces and spam never get one."""

    text: Answer
    """What the answer says, as plain text."""

    subject: Text | None = None
    """The subject of the answer; without it that of the message, with `Auto:` before it."""

    from_: Day | None = Field(default=None, alias="from")
    """The first day on which mail is answered, in UTC; without it every day up to `until`."""

    until: Day | None = None
    """The last day on which mail is answered, in UTC; the answers end by themselves."""

    addresses: Annotated[tuple[MailboxName, ...], Strict(False)] = ()
    """Further addresses that count as its own, such as one of a group; its login and aliases always do."""

    days: int = Field(default=7, ge=1, le=30)
    """How many days pass until the same sender gets the answer again."""

    @model_validator(mode="after")
    def _days_are_in_order(self) -> "Vacation":
        if self.from_ and self.until and self.until < self.from_:
            fact = f"`until` is {self.until}, before `from`, which is {self.from_}"
            raise refusal("days-out-of-order", fact, "exchange them, or leave one out")
        return self

    @property
    def first(self) -> date:
        """The first day, or the first there is."""
        return self.from_ or date.min

    @property
    def last(self) -> date:
        """The last day, or the last there is."""
        return self.until or date.max

    def is_on(self, day: date) -> bool:
        """Whether mail is answered on a day."""
        return self.first <= day <= self.last
