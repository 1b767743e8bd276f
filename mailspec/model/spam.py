"""Spam: what is refused, what is marked, and whom to trust."""

from typing import Annotated

from pydantic import Field, Strict, model_validator

from .greylisting import Greylisting
from .spec import Spec, refusal
from .text import SenderPattern


class Spam(Spec):
    """How the filter treats mail from strangers."""

    reject: int = Field(default=15, ge=1, le=1000)
    """The score from which a message is refused in session."""

    mark: int = Field(default=6, ge=1, le=1000)
    """The score from which a message goes to the Junk folder."""

    greylisting: Greylisting = Greylisting()
    """Whether suspicious mail from unknown senders has to be tried twice."""

    allow: Annotated[tuple[SenderPattern, ...], Strict(False)] = ()
    """Senders never marked as spam, as long as SPF or DKIM proves who they are."""

    deny: Annotated[tuple[SenderPattern, ...], Strict(False)] = ()
    """Senders refused in session."""

    @model_validator(mode="after")
    def _thresholds_rise(self) -> "Spam":
        if self.mark >= self.reject:
            raise refusal(
                "out-of-order",
                f"`mark` is {self.mark}, not below `reject` at {self.reject}",
                "set `mark` below `reject`, for example 6 and 15",
            )
        if self.greylisting.enabled and self.greylisting.score >= self.mark:
            raise refusal(
                "out-of-order",
                f"`greylisting.score` is {self.greylisting.score}, not below `mark` at {self.mark}",
                "set `greylisting.score` below `mark`, for example 4 and 6",
            )
        return self
