"""Records as a table for people who type them into a form."""

from collections.abc import Iterable

from .record import Record


def table(records: Iterable[Record]) -> str:
    """Name, type and value, and below each its reason."""
    found = list(records)
    width = max((len(record.name) for record in found), default=0)
    lines = []
    for record in found:
        lines += [f"{record.name:{width}}  {record.type:4}  {value}" for value in record.values]
        lines.append(f"    {record.reason}")
    return "".join(f"{line}\n" for line in lines)
