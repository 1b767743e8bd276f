"""A table of accounts becomes a part of the spec: each row adds an account or changes one."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from ..complaints import complaints
from ..model.domain import MailDomain
from ..model.text import mailbox_name
from ..password import random_password
from ..problem import Problem, SpecError
from ..reader.scalars import resolve
from ..shown import shown
from . import accounts
from .draft import Draft
from .table import Row


def take(draft: Draft, rows: list[Row], wrong: list[Problem]) -> dict[str, str]:
    """Put the rows into the spec; returns the passwords of new accounts by login.

    Raises SpecError with every row that is wrong, those included that could not be read.
    """
    keys = {draft.address(key): key for key in draft.get("accounts") or {}}
    problems = list(wrong)
    named: dict[str, Row] = {}
    for row in rows:
        try:
            name = mailbox_name(row.cells["name"])
        except PydanticCustomError as error:
            context = error.context or {}
            problems.append(Problem(row.place, context["id"], context["fact"], context["hint"]))
            continue
        key = keys.get(draft.address(name), name)
        if key in named:
            fact = f"`{name}` stands in line {named[key].place.line} already"
            problems.append(Problem(row.place, "address-twice", fact, "keep one of the rows"))
        named.setdefault(key, row)
    problems += _unknown_lists(draft, named)
    passwords = {draft.address(key): random_password() for key in named if key not in keys.values()}
    for key, row in named.items():
        _entry(draft, key, row, passwords.get(draft.address(key), ""))
    _memberships(draft, named)
    problems += _wrong(draft, named)
    if problems:
        raise SpecError(problems)
    return passwords


def words(cell: str) -> list[str]:
    """The names in a cell."""
    return [word for word in cell.split(" ") if word]


def _unknown_lists(draft: Draft, named: dict[str, Row]) -> Iterator[Problem]:
    known = {draft.address(key) for key in draft.get("lists") or {}}
    for row in named.values():
        for name in words(row.cells.get("lists", "")):
            if draft.address(name) not in known:
                hint = "make it with `mailspec list add`, or correct the name"
                yield Problem(row.place, "unknown-address", f"there is no list `{shown(name)}`", hint)


def _entry(draft: Draft, key: str, row: Row, password: str) -> None:
    """The account of a row; a password means that it is a new one."""
    full_name, quota, aliases = (row.cells.get(column) for column in ("full_name", "quota", "aliases"))
    if password:
        accounts.add(draft, key, accounts.New(full_name or "", quota or "", tuple(words(aliases or ""))), password)
        return
    given = {"name": full_name, "quota": None if quota is None else resolve(quota), "aliases": aliases}
    columns = {"name": "full_name"}
    for word, value in given.items():
        path = ("accounts", key, word)
        if columns.get(word, word) not in row.cells:
            continue
        wanted = words(str(value or "")) if word == "aliases" else value
        if wanted in ("", None, []):
            draft.drop(path)
        elif not _same(draft, path, wanted):
            draft.put(path, wanted)


def _same(draft: Draft, path: tuple[str, ...], wanted: Any) -> bool:
    """Whether the spec says the same already, if perhaps in another spelling."""
    here = draft.get(*path)
    if isinstance(wanted, list) and isinstance(here, list):
        return {draft.address(item) for item in here} == {draft.address(item) for item in wanted}
    return bool(here == wanted)


def _memberships(draft: Draft, named: dict[str, Row]) -> None:
    """Who is on which list, for the accounts that have a cell about it."""
    given = {
        key: {draft.address(name) for name in words(row.cells["lists"])}
        for key, row in named.items()
        if "lists" in row.cells
    }
    addresses = {draft.address(key): key for key in given}
    for name, entry in (draft.get("lists") or {}).items():
        here = draft.address(name)
        members = [
            item for item in entry["members"] if here in given.get(addresses.get(draft.address(item), ""), {here})
        ]
        known = {draft.address(item) for item in members}
        draft.put(
            ("lists", name, "members"),
            [*members, *(k for k, on in given.items() if here in on and draft.address(k) not in known)],
        )


def _wrong(draft: Draft, named: dict[str, Row]) -> Iterator[Problem]:
    """What the edited spec has wrong, at the rows that say so."""
    owners: dict[str, list[str]] = {}
    for section in ("accounts", "lists"):
        for key, entry in (draft.get(section) or {}).items():
            for name in (key, *(entry.get("aliases") or ())):
                owners.setdefault(draft.address(name), []).append(f"{section}.{key}")
    for address, found in owners.items():
        for owner in dict.fromkeys(found) if len(found) > 1 else ():
            section, _, key = owner.partition(".")
            if section == "accounts" and key in named:
                others = [f"`{other}`" for other in found if other != owner] or [f"`{owner}`, twice"]
                hint = "an address has one meaning: rename one, or make a list of both"
                fact = f"`{shown(address)}` is also defined at {', '.join(others)}"
                yield Problem(named[key].place, "address-twice", fact, hint)
    try:
        MailDomain.model_validate(draft.data)
    except ValidationError as error:
        for clash in complaints(draft.data, error, partial=False):
            if clash.path[:1] == ("accounts",) and clash.path[1] in named and clash.id != "address-twice":
                yield Problem(named[str(clash.path[1])].place, clash.id, clash.fact, clash.hint)
