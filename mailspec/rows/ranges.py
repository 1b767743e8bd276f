"""The part of the lookup database that remembers digests of neighbouring rows, for the next comparison.

A digest is there as long as it is true: triggers remove it with the first row of its range that anybody writes.
"""

from collections.abc import Mapping, Sequence

# without a primary key: where the tables are made anew, nobody wants it back
TABLE = """
CREATE TABLE digest (
  tbl TEXT NOT NULL, first TEXT NOT NULL, after TEXT NOT NULL, digest TEXT NOT NULL, made INTEGER NOT NULL
);
CREATE UNIQUE INDEX digest_first ON digest (tbl, first);
"""
_TRIGGER = """
CREATE TRIGGER {table}_{name}_digest AFTER {event} ON {table} BEGIN
{statements}END;
"""
_FORGET = """\
  DELETE FROM digest WHERE tbl = '{table}' AND first = (
    SELECT max(first) FROM digest WHERE tbl = '{table}' AND first <= {side}.{column});
"""
_SIDES = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def watch(tables: Mapping[str, Sequence[str]]) -> str:
    """The SQL that forgets digests, given the columns of the tables."""
    return TABLE + "".join(_triggers(table, columns[0]) for table, columns in tables.items())


def _triggers(table: str, column: str) -> str:
    return "".join(
        _TRIGGER.format(
            table=table,
            event=event,
            name=event.lower(),
            statements="".join(_FORGET.format(table=table, side=side, column=column) for side in sides),
        )
        for event, sides in _SIDES.items()
    )
