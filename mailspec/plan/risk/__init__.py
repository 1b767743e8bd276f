"""The risk of each kind of change, with its reason."""

from fnmatch import fnmatchcase

from ..statement import Statement
from . import filter, machines, mail, names, people  # noqa: A004 - a word of mail
from .kind import AREAS, Kind

__all__ = ["AREAS", "KINDS", "Kind", "accounts_for", "judged"]

KINDS: dict[str, Kind] = dict(
    sorted({**filter.KINDS, **machines.KINDS, **mail.KINDS, **names.KINDS, **people.KINDS}.items())
)
"""Every kind, alphabetical."""


def judged(kind: str, case: str, subject: str, text: str) -> Statement:
    """A statement with the risk of its case."""
    risk, reason = KINDS[kind].cases[case]
    return Statement(kind, subject, case[0], text, risk, reason)


def accounts_for(statement: Statement, thing: str) -> bool:
    """Whether a statement explains why a file, table or record differs."""
    return any(fnmatchcase(thing, pattern) for pattern in KINDS[statement.id].covers)
