"""The table of accounts as CSV (RFC 4180), for spreadsheets and other systems."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

from .. import files
from ..model.accounts import Account
from ..model.quantity import Unit
from ..problem import Place, Problem, SpecError
from ..shown import shown
from .draft import Draft

COLUMNS = ("name", "full_name", "quota", "aliases", "lists")

LIMIT = 32 * 1024**2
"""The most bytes of a table: as many as a spec may have."""


class Row(NamedTuple):
    """A line of a table: where it begins, and its cells by column."""

    place: Place
    cells: dict[str, str]


def read(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a file, and what is wrong with others; raises SpecError when it is no table of accounts."""
    name = files.name(path)
    if files.size(path) > LIMIT:
        raise SpecError.at(name, "too-large", f"the limit is {LIMIT // 1024**2} MB", "cut it into several files")
    text = files.read(path, with_mark=True)
    if (at := text.find("\0")) >= 0:
        fact, hint = "the character U+0000 has no place in a table", "save it as CSV, in UTF-8"
        raise SpecError([Problem(Place(name, text.count("\n", 0, at) + 1), "bad-character", fact, hint)])
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    header: list[str] = []
    begin = 1
    try:
        for cells in lines:
            place, begin = Place(name, begin), lines.line_num + 1
            if not header:
                header = cells
                if problems := _header(place, cells):
                    raise SpecError(problems)
            elif len(cells) == len(header):
                rows.append(Row(place, dict(zip(header, cells, strict=True))))
            elif cells:
                fact = f"the row has {len(cells)} cells, the first line names {len(header)} columns"
                problems.append(Problem(place, "bad-table", fact, "put a cell that has a comma in it in quotes"))
    except csv.Error as error:
        problems.append(Problem(Place(name, begin), "bad-table", f"this is no CSV: {error}", "see RFC 4180"))
    if not header:
        raise SpecError([*problems, *_header(Place(name, 1), [])])
    return rows, problems


def write(draft: Draft) -> str:
    """The table of all accounts, in the order of the spec; cells stand in quotes where they have to."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    on: dict[str, list[str]] = {}
    for name, entry in draft.spec.lists.items():
        for member in entry.members:
            on.setdefault(draft.spec.address(member), []).append(name)
    unit = next(item for item in Account.model_fields["quota"].metadata if isinstance(item, Unit))
    for name, account in draft.spec.accounts.items():
        quota = unit.write(account.quota) if account.quota else ""
        lists = " ".join(on.get(draft.spec.address(name), ()))
        table.writerow([name, account.name or "", quota, " ".join(account.aliases), lists])
    return file.getvalue()


def formulas(text: str) -> list[str]:
    """The cells that a spreadsheet would take for a formula."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return [f"`{shown(cell)}` ({row[0]})" for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def _header(place: Place, cells: list[str]) -> list[Problem]:
    known = ", ".join(f"`{column}`" for column in COLUMNS)
    found = [(f"there is no column `{shown(cell)}`", f"use {known}") for cell in cells if cell not in COLUMNS]
    found += [(f"the column `{cell}` stands there twice", "keep one") for cell in COLUMNS if cells.count(cell) > 1]
    if "name" not in cells:
        found.append(("the column `name` is missing", f"begin with a line of column names, of {known}"))
    return [Problem(place, "bad-table", fact, hint) for fact, hint in found]
