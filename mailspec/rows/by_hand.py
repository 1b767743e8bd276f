"""The part of the lookup database that notes which rows somebody else than a converge has written.

A converge marks its transaction with a row in `converge`, which nobody else ever sees. Whoever writes without it,
an administrator with `sqlite3` for one, leaves the row's old values in `by_hand`, once for each row.
"""

from collections.abc import Mapping, Sequence

TABLES = """
CREATE TABLE IF NOT EXISTS converge (running INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS by_hand (
  tbl TEXT NOT NULL, key TEXT NOT NULL, before TEXT, PRIMARY KEY (tbl, key)
) WITHOUT ROWID;
"""
_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {table}_{name}_by_hand BEFORE {event} ON {table}
WHEN NOT EXISTS (SELECT 1 FROM converge) BEGIN
{notes}END;
"""
_NOTE = """\
  INSERT INTO by_hand SELECT '{table}', {key}, (SELECT json_array({columns}) FROM {table} WHERE {where})
  WHERE NOT EXISTS (SELECT 1 FROM by_hand WHERE tbl = '{table}' AND key = {key});
"""


def watch(tables: Mapping[str, Sequence[str]], keys: Mapping[str, int]) -> str:
    """The SQL that watches tables, given their columns and how many of them make the key; harmless a second time."""
    return TABLES + "".join(_triggers(table, columns, columns[: keys[table]]) for table, columns in tables.items())


def _triggers(table: str, columns: Sequence[str], key: Sequence[str]) -> str:
    # INSERT OR REPLACE fires no trigger of a deletion, so an insert looks what it is about to replace.
    sides = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    notes = {event: "".join(_note(table, columns, key, side) for side in sides[event]) for event in sides}
    return "".join(_TRIGGER.format(table=table, event=event, name=event.lower(), notes=notes[event]) for event in sides)


def _note(table: str, columns: Sequence[str], key: Sequence[str], side: str) -> str:
    name = f"json_array({', '.join(f'{side}.{column}' for column in key)})"
    where = " AND ".join(f"{column} = {side}.{column}" for column in key)
    return _NOTE.format(table=table, key=name, columns=", ".join(columns), where=where)
