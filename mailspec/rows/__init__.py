"""Lookup rows: the data Postfix, Dovecot and Rspamd ask for while they run.

A change of rows touches no configuration and reloads nothing: the host applies the rows that differ to one
SQLite database in one transaction.
"""

from collections.abc import Iterable
from itertools import groupby

from ..model.domain import MailDomain
from .schema import SCHEMA, TABLES
from .tables import Row, Tables, Value, host_routes

__all__ = ["SCHEMA", "TABLES", "Row", "Value", "host_routes", "rows"]


def rows(spec: MailDomain, server: str, names: Iterable[str] = TABLES) -> dict[str, list[Row]]:
    """The rows of each table, or of some of them, sorted by key."""
    tables = Tables(spec, server)
    found = {name: sorted(getattr(tables, name)()) for name in names}
    return {name: [row for row, _ in groupby(made)] for name, made in found.items()}
