"""Lint: which findings of `mailspec lint` stay silent, and why."""

import re
from typing import Annotated

from pydantic import AfterValidator

from ..shown import shown
from .spec import Spec, refusal
from .text import Text


def _silenced(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*(?::[^\s`]{1,320})?", value) or not value.isprintable():
        raise refusal(
            "bad-silence",
            f"`{shown(value)}` names no finding",
            "write the id of a rule (`no-ipv6`), or an id and what it is about (`no-ipv6:mx1.example.org`)",
        )
    return value


Silenced = Annotated[str, AfterValidator(_silenced)]
"""The id of a rule, or `id:subject` for one of its findings."""


class Lint(Spec):
    """What `mailspec lint` leaves unsaid."""

    silence: dict[Silenced, Text] = {}
    """The reason for each finding that is meant to be; the key is a rule (`no-ipv6`), or `no-ipv6:mx1.example.org`."""
