"""Faults: mistakes of administrators, one a file in tests/faults; an apply must stop each before the switch.

A file says `title`, the `change` (`template`, `old` text, `new` text; `changes` by release where they differ), and the
`words` the message must have. `{release}` in a template stands for the release of the server.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Fault:
    """One mistake."""

    id: str
    """`<service>/<name>`."""
    title: str
    changes: dict[str, dict[str, str]]
    """What changes, by release; the empty one stands for all."""
    words: str = ""
    """What the message must say, besides the template and the line."""

    def change(self, release: str) -> dict[str, str] | None:
        """The change on a release, if the fault exists there."""
        found = self.changes.get(release) or self.changes.get("")
        return {**found, "template": found["template"].replace("{release}", release)} if found else None

    def put(self, templates: Path, release: str) -> tuple[str, range]:
        """Make the mistake; returns the template and the lines it is on."""
        change = self.change(release) or {}
        file = templates / change["template"]
        before = file.read_text(encoding="utf-8")
        if change["old"] not in before:
            raise ValueError(f"{self.id}: {file} does not say {change['old']!r}")
        after = before.replace(change["old"], change["new"], 1)
        file.write_text(after, encoding="utf-8")
        return change["template"], _lines(before.split("\n"), after.split("\n"))


def faults(folder: Path) -> list[Fault]:
    """Every fault below a folder, by service and name."""
    return [_fault(folder, path) for path in sorted(folder.rglob("*.yml"))]


def _fault(folder: Path, path: Path) -> Fault:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    changes = data.get("changes") or {"": data["change"]}
    return Fault(path.relative_to(folder).with_suffix("").as_posix(), data["title"], changes, data.get("words", ""))


def _lines(before: list[str], after: list[str]) -> range:
    """The lines that are new; where something only went, those around it."""
    first = next(n for n, (old, new) in enumerate(zip(before, after, strict=False), 1) if old != new)
    grown = len(after) - len(before)
    last = next(n for n in range(len(after), 0, -1) if after[n - 1] != before[n - 1 - grown])
    return range(min(first, last), max(first, last) + 1)
