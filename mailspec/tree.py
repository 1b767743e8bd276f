"""The tree: everything one server shall hold, as plain data without secrets.

A secret is a reference until the apply step fills it in, so that a tree may be written, compared and shown.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .model.secret import Secret
from .rows import TABLES, Row

Part = str | Secret


@dataclass(frozen=True)
class File:
    """One file of a server."""

    path: str
    service: str
    template: str
    """The template it comes from, relative to `templates/`."""
    parts: tuple[Part, ...]
    """The content: text, and references to secrets between it."""
    owner: str = "root"
    group: str = "root"
    mode: str = "0644"
    compile: str = ""
    """The command that derives a second file from this one on the server, such as `sievec`."""

    @property
    def is_secret(self) -> bool:
        """Whether the content must never be shown."""
        return any(isinstance(part, Secret) for part in self.parts)

    @property
    def text(self) -> str:
        """The content with the names of secrets in place of their values."""
        return "".join(str(part) for part in self.parts)


@dataclass(frozen=True)
class Tree:
    """The files, rows and packages of one server."""

    server: str
    files: dict[str, File]
    rows: dict[str, list[Row]]
    packages: tuple[str, ...] = field(default=())

    def to_json(self) -> str:
        """The tree as text that `from_json` reads; the same tree gives the same bytes."""
        data = asdict(self)
        return json.dumps(data, default=_plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Tree":
        """The tree that `to_json` wrote."""
        data = json.loads(text, object_hook=_secret)
        files = {
            path: File(**{**entry, "parts": tuple(entry["parts"])}) for path, entry in sorted(data["files"].items())
        }
        rows = {table: [tuple(row) for row in found] for table, found in data["rows"].items()}
        return cls(data["server"], files, rows, tuple(data["packages"]))

    def write(self, directory: Path) -> None:
        """Write the files below a directory for people to read, the rows as sorted text, one row a line."""
        for file in self.files.values():
            target = directory / file.path.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(file.text, encoding="utf-8")
        (directory / "rows").mkdir(parents=True, exist_ok=True)
        for table, found in self.rows.items():
            lines = ["\t".join(TABLES[table]), *map(row_line, found)]
            (directory / "rows" / table).write_text("\n".join(lines) + "\n", encoding="utf-8")
        (directory / "manifest.json").write_text(json.dumps(self.manifest(), indent=2) + "\n", encoding="utf-8")

    def manifest(self) -> dict[str, Any]:
        """What the files are called and who may read them, without their content."""
        files = {
            path: {"service": file.service, "owner": f"{file.owner}:{file.group}", "mode": file.mode}
            for path, file in sorted(self.files.items())
        }
        return {"server": self.server, "packages": list(self.packages), "files": files}


def row_line(row: Row) -> str:
    """A row as people read it, on one line: secrets by name, a tab between the columns, `\\n` for a new line."""
    return "\t".join(str(value).replace("\n", "\\n") for value in row)


def _plain(value: Any) -> Any:
    raise TypeError(f"{value!r} has no place in a tree")


def _secret(entry: dict[str, Any]) -> Any:
    return Secret(entry["name"]) if entry.keys() == {"name"} else entry
