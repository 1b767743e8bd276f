"""App passwords come and go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..model.secret import Secret
from ..password import hash_app_password
from ..problem import SpecError
from ..shown import shown
from . import names
from .accounts import free_entry
from .draft import Draft


@dataclass(frozen=True)
class New:
    """What a new app password is to have."""

    protocols: Sequence[str] = ()
    networks: Sequence[str] = ()
    until: str = ""


def refuse_taken(draft: Draft, name: str, label: str) -> None:
    """Raise SpecError when the account has an app password of that name already."""
    key = names.key_of(draft, "accounts", name)
    if draft.get("accounts", key, "app_passwords", label) is not None:
        place = draft.place("accounts", key, "app_passwords", label)
        fact = f"`{shown(key)}` has an app password `{shown(label)}` already"
        raise SpecError.at(str(place), "label-twice", fact, "choose another name, or remove that one first")


def add(draft: Draft, name: str, label: str, new: New, password: str) -> None:
    """A new app password, with its entry in the vault."""
    refuse_taken(draft, name, label)
    key = names.key_of(draft, "accounts", name)
    entry = free_entry(draft, f"app/{key}/{label}")
    value: dict[str, Any] = {
        "hash": Secret(entry),
        "protocols": list(new.protocols),
        "networks": list(new.networks),
        "until": new.until,
    }
    draft.put(("accounts", key, "app_passwords", label), {word: found for word, found in value.items() if found})
    draft.set_password(entry, password, hash_app_password)


def remove(draft: Draft, name: str, label: str) -> None:
    """Take an app password away; the vault keeps its entry, which opens nothing any more."""
    key = names.key_of(draft, "accounts", name)
    known = draft.get("accounts", key, "app_passwords") or {}
    if label not in known:
        hint = f"name one of {', '.join(f'`{shown(other)}`' for other in known)}" if known else "it has none"
        fact = f"`{shown(key)}` has no app password `{shown(label)}`"
        raise SpecError.at(str(draft.place("accounts", key)), "unknown-label", fact, hint)
    if len(known) > 1:
        draft.drop(("accounts", key, "app_passwords", label))
    else:
        draft.drop(("accounts", key, "app_passwords"))
