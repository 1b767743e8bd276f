"""Retention: how long things are kept after they are no longer needed."""

from pydantic import Field

from .quantity import Seconds
from .spec import Spec


class Retention(Spec):
    """Times after which data may be removed."""

    accounts: Seconds = Field(default=30 * 86400, ge=86400)
    """How long the mail of an account that left the spec is kept at least."""

    logs: Seconds = Field(default=7 * 86400, ge=86400)
    """How long the journal keeps mail logs."""
