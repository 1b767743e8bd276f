"""Acknowledge: dangers of a plan that somebody has looked at, each with the reason."""

import re
from typing import Annotated

from pydantic import AfterValidator

from ..shown import shown
from .spec import refusal
from .text import Text


def _key(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z-]*:[!-~]{1,320}", value):
        hint = "copy it from the plan, such as `account-removed:dave@example.org`"
        raise refusal("bad-statement", f"`{shown(value)}` is no statement of a plan", hint)
    return value


StatementKey = Annotated[str, AfterValidator(_key)]
"""A statement of a plan: its kind, a colon, and what it is about."""

Acknowledge = dict[StatementKey, Text]
"""The reason for each danger that is meant; it counts for the change that brings it, not for later ones."""
