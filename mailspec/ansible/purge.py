"""What a purge asks of a server, and how its answer reads."""

import time
from typing import Any

from ..model.domain import MailDomain

EXPIRED = "expired"
"""Stands for everybody whose retention time is over."""


def wanted(spec: MailDomain, logins: str, *, early: bool) -> dict[str, Any]:
    """Whose mailboxes shall go, given names with commas between them; what has a domain is taken as it is."""
    names = [name for part in logins.split(",") if (name := part.strip().lower())]
    return {
        "logins": sorted({name if "@" in name else spec.address(name) for name in names if name != EXPIRED}),
        "expired": EXPIRED in names,
        "early": early,
        "retention": spec.retention.accounts,
    }


def text(server: str, found: list[dict[str, Any]], *, check: bool) -> str:
    """The tombstones of a server, one a line: first those that are deleted, or would be in a check."""
    if not found:
        return f"{server}: no removed account has left anything"
    purged = "would be purged" if check else "purged"
    ordered = sorted(found, key=lambda entry: (not entry["purged"], entry["login"]))
    rows = [[entry["login"], _what(entry, purged), _age(entry), _size(entry)] for entry in ordered]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)) for row in rows]
    kept = sum(1 for entry in found if not entry["purged"])
    summary = f"{server}: {len(found) - kept} {purged}, {kept} kept"
    return "\n".join([summary, *(f"  {line}" for line in lines)])


def _what(entry: dict[str, Any], purged: str) -> str:
    if entry["purged"]:
        return purged
    return "may be purged" if entry["expired"] else f"kept until {_day(entry['expires'])}"


def _age(entry: dict[str, Any]) -> str:
    return f"removed {_day(entry['removed'])}"


def _day(moment: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


def _size(entry: dict[str, Any]) -> str:
    messages = f"{entry['messages']:,} message{'' if entry['messages'] == 1 else 's'}"
    size, unit = float(entry["bytes"]), "bytes"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{messages}, {size:.1f} {unit}" if unit != "bytes" else f"{messages}, {entry['bytes']} bytes"
