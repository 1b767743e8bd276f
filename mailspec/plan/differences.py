"""Files, rows and records that differ between two trees and zones, as unified diffs without a secret."""

import difflib
from collections.abc import Iterator, Mapping
from itertools import repeat

from ..dns import Record, records, zone_names
from ..dns.zone import reverse_zone
from ..model.domain import MailDomain
from ..model.secret import Secret
from ..rows import TABLES, Row, Value
from ..server.digest import KEYS
from ..tree import File, Part, Tree, row_line
from .secrets import Secrets
from .statement import FileChange, RecordChange

Trees = Mapping[str, Tree]


def file_changes(before: Trees, after: Trees, secrets: Secrets) -> Iterator[FileChange]:
    """Every file and table that differs, by server and path."""
    for server in sorted(before.keys() | after.keys()):
        old, new = before.get(server, Tree(server, {}, {})), after.get(server, Tree(server, {}, {}))
        for path in sorted(old.files.keys() | new.files.keys()):
            file = new.files.get(path) or old.files[path]
            if diff := _file(path, old.files.get(path), new.files.get(path), secrets):
                sign = _sign(path in old.files, path in new.files)
                yield FileChange(server, path, file.service, file.template, sign, diff)
        for table in TABLES:
            if diff := _table(table, old.rows.get(table, []), new.rows.get(table, []), secrets):
                sign = _sign(server in before, server in after)
                yield FileChange(server, f"rows/{table}", "rows", "", sign, diff)


def record_changes(before: MailDomain, after: MailDomain) -> list[RecordChange]:
    """Every line of the zones that comes or goes, in the order of DNS, what goes first."""
    found = []
    old, new = _lines(before), _lines(after)
    for sign, side, other, spec in (("-", old, new, before), ("+", new, old, after)):
        zones = zone_names(spec)
        for line in side.keys() - other.keys():
            record = side[line]
            change = RecordChange(sign, _zone(record, zones), line, record.reason)
            found.append(((record.order, sign == "+", line), change))
    return [change for _, change in sorted(found, key=lambda entry: entry[0])]


def record_things(before: MailDomain, after: MailDomain) -> set[str]:
    """The record sets that differ, as `dns/<type>/<name>`."""
    old, new = _lines(before), _lines(after)
    sides = old | new
    return {f"dns/{sides[line].type}/{sides[line].name}" for line in old.keys() ^ new.keys()}


def _lines(spec: MailDomain) -> dict[str, Record]:
    return {
        f"{record.name}. {record.ttl} IN {record.type} {value}": record
        for record in records(spec)
        for value in record.values
    }


def _zone(record: Record, zones: list[str]) -> str:
    inside = [name for name in zones if record.name == name or record.name.endswith(f".{name}")]
    return max(inside, key=len, default="") or reverse_zone(record.name)


def _sign(before: bool, after: bool) -> str:
    return "~" if before and after else ("+" if after else "-")


def _file(path: str, old: File | None, new: File | None, secrets: Secrets) -> str:
    """The unified diff of one file; nothing when it stays as it is."""
    before = _texts(old.parts, new.parts if new else (), secrets) if old else ""
    after = new.text if new else ""
    attributes = ""
    if old and new and (about := _attributes(old)) != _attributes(new):
        attributes = f"old {about}\nnew {_attributes(new)}\n"
    if before == after and (attributes or (old and new)):
        return attributes
    lines = difflib.unified_diff(
        _split(before), _split(after), path if old else "/dev/null", path if new else "/dev/null", lineterm=""
    )
    return attributes + "".join(f"{line}\n" for line in lines)


def _texts(old: tuple[Part, ...], new: tuple[Part, ...], secrets: Secrets) -> str:
    """The old text, with the secrets that stand at the same turn in the new one compared."""
    mine, others = ([part for part in parts if isinstance(part, Secret)] for parts in (old, new))
    if len(mine) == len(others):
        compared = iter(map(secrets.before, mine, others))
        return "".join(str(next(compared)) if isinstance(part, Secret) else part for part in old)
    return "".join(map(str, old))


def _attributes(file: File) -> str:
    return f"{file.owner}:{file.group} {file.mode}"


def _split(text: str) -> list[str]:
    """The lines; the last one tells when it does not end."""
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"]


def _table(table: str, old: list[Row], new: list[Row], secrets: Secrets) -> str:
    """The unified diff of two sorted tables, without context: each row says of itself what it is."""
    width = KEYS[table]
    before, after = {row[:width]: row for row in old}, {row[:width]: row for row in new}
    hunks: list[str] = []
    gone: list[str] = []
    come: list[str] = []
    at = [1, 1]  # the lines before this one; the first holds the names of the columns

    def close() -> None:
        if gone or come:
            spans = (f"{_span(n - len(lines), len(lines))}" for n, lines in zip(at, (gone, come), strict=True))
            hunks.append("@@ -{} +{} @@\n".format(*spans) + "".join([*gone, *come]))
            gone.clear()
            come.clear()

    for key in sorted(before.keys() | after.keys(), key=lambda key: [str(value) for value in key]):
        mine, other = before.get(key), after.get(key)
        if mine and other:
            mine = tuple(map(_cell, mine, other, repeat(secrets)))
        if mine == other:
            close()
        if mine:
            at[0] += 1
            gone += [f"-{row_line(mine)}\n"] if mine != other else []
        if other:
            at[1] += 1
            come += [f"+{row_line(other)}\n"] if mine != other else []
    close()
    return f"--- rows/{table}\n+++ rows/{table}\n" + "".join(hunks) if hunks else ""


def _cell(mine: Value, other: Value, secrets: Secrets) -> Value:
    return secrets.before(mine, other) if isinstance(mine, Secret) and isinstance(other, Secret) else mine


def _span(before: int, count: int) -> str:
    """Where a hunk is, as unified diffs count: from 1, and the line before where there is none."""
    return f"{before + 1}" if count == 1 else f"{before + (count > 0)},{count}"
