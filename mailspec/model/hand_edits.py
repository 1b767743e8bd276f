"""Hand edits: what a converge does with a managed file that somebody changed on the server."""

from enum import StrEnum


class HandEdits(StrEnum):
    """Whether a converge may replace what a hand has changed."""

    REPLACE = "replace"
    STOP = "stop"
