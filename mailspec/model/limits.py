"""Limits: how much one message, one client or one session may ask for."""

from pydantic import Field

from .quantity import Bytes
from .sending import Sending
from .spec import Spec


class Limits(Spec):
    """How much one message, one client or one session may ask for."""

    message_size: Bytes = Field(default=50 * 1024**2, ge=1024**2, le=1024**3)
    """The largest message, as announced by SIZE (RFC 1870)."""

    recipients: int = Field(default=100, ge=100, le=10000)
    """The most recipients of one message (RFC 5321, 4.5.3.1.8 asks for 100)."""

    auth_rate: int = Field(default=10, ge=1, le=1000)
    """How often one client may try to log in within a minute."""

    sending: Sending = Sending()
    """How much an account may send that has no `sending` of its own."""
