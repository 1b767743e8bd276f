"""Greylisting: refuse the first delivery from a stranger, accept the retry (RFC 6647)."""

from pydantic import Field

from .quantity import Seconds
from .spec import Spec


class Greylisting(Spec):
    """Delay suspicious mail from senders this server has not seen before."""

    enabled: bool = True
    """Whether unknown senders are asked to try again."""

    delay: Seconds = Field(default=300, ge=60, le=3600)
    """How long a sender must wait before the retry counts."""

    score: int = Field(default=4, ge=0, le=1000)
    """The score from which a message is suspicious; 0 delays every unknown sender."""
