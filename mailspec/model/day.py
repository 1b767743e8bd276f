"""Days: dates as ISO 8601 writes them, such as `2026-12-31`."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ..shown import shown
from .spec import refusal

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _day(value: Any) -> date:
    if type(value) is date:
        return value
    try:
        if isinstance(value, str) and _ISO.match(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # such as 2026-02-30
    raise refusal("bad-day", f"`{shown(value)}` is no day", "write year, month and day: `2026-12-31`")


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""A day of the calendar."""
