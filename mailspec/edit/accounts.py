"""Accounts come, change and go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..complaints import type_at
from ..model.password import Owner
from ..model.secret import Secret
from ..password import hash_password
from ..problem import Problem, SpecError
from ..reader.parse import Reader
from ..reader.scalars import resolve
from ..secrets import needed
from . import names
from .draft import Draft

SUSPENDED: tuple[str, Any] = ("state", "suspended")
"""The key of a suspended account, and its value; an account without the key is active."""


@dataclass(frozen=True)
class New:
    """What a new account is to have."""

    full_name: str = ""
    quota: str = ""
    aliases: tuple[str, ...] = field(default=())
    owner: str = ""


def add(draft: Draft, name: str, new: New, password: str) -> None:
    """A new account, and the hash of its password."""
    names.refuse_taken(draft, name)
    entry = free_entry(draft, name)
    owner = {"owner": new.owner} if new.owner else {}
    value = {
        "name": new.full_name,
        "password": {**owner, "hash": Secret(entry)},
        "quota": resolve(new.quota),
        "aliases": list(new.aliases),
    }
    draft.put(("accounts", name), {key: found for key, found in value.items() if found not in ("", None, [])})
    draft.set_password(entry, password)


def change(draft: Draft, name: str, values: Mapping[str, str]) -> None:
    """Set keys of an account, such as `quota` or `password.owner`; an empty value takes the key away."""
    key = names.key_of(draft, "accounts", name)
    for dotted, text in values.items():
        path = ("accounts", key, *dotted.split("."))
        value = _value(path, dotted, text) if text else None
        if value is None:
            draft.drop(path)
        else:
            draft.put(path, value)


def suspend(draft: Draft, name: str) -> None:
    """Let nobody log in to an account; its mail still arrives."""
    key, value = SUSPENDED
    draft.put(("accounts", names.key_of(draft, "accounts", name), key), value)


def restore(draft: Draft, name: str) -> None:
    """Make a suspended account an active one again."""
    draft.drop(("accounts", names.key_of(draft, "accounts", name), SUSPENDED[0]))


def rename(draft: Draft, old: str, new: str) -> None:
    """Give an account another name, to which its mailbox moves; the old one stays as an alias."""
    key = names.key_of(draft, "accounts", old)
    if draft.address(new) != draft.address(key):
        names.refuse_taken(draft, new)
        aliases = draft.get("accounts", key, "aliases") or []
        kept = [alias for alias in aliases if draft.address(alias) != draft.address(new)]
        draft.put(("accounts", key, "aliases"), [*kept, key])
        draft.put(("accounts", key, "renamed_from"), key)
        names.replace(draft, key, new)
    draft.rename(("accounts", key), new)


def set_password(draft: Draft, name: str, password: str, hasher: Callable[[str], str] = hash_password) -> None:
    """Put the hash of another password into the vault."""
    key = names.key_of(draft, "accounts", name)
    draft.set_password(draft.get("accounts", key, "password", "hash").name, password, hasher)


def owner(draft: Draft, name: str) -> Owner:
    """Who decides the password of an account; raises SpecError when it has none."""
    if password := draft.spec.mailboxes[draft.address(name)].password:
        return password.owner
    fact = f"`{name}` is a shared mailbox: nobody logs in as it, and it has no password"
    place = draft.place("accounts", names.key_of(draft, "accounts", name))
    raise SpecError([Problem(place, "shared-login", fact, "name an account of a person who opens it")])


def _value(path: tuple[str, ...], key: str, text: str) -> Any:
    """What a text on the command line means for a key: itself where the model wants a text, else YAML."""
    if type_at(path) is str:
        return text
    reader = Reader(text, key)
    if reader.problems:
        raise SpecError(reader.problems)
    return reader.data


def free_entry(draft: Draft, name: str) -> str:
    """A vault entry that no other part of the spec needs, named after the account."""
    taken = {need.name for need in needed(draft.spec)} | draft.passwords.keys()
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found
