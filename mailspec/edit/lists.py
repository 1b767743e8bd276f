"""Lists come, change and go, and the aliases of accounts and lists with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..reader.scalars import resolve
from . import names
from .draft import Draft


def add(draft: Draft, name: str, value: Mapping[str, Any]) -> None:
    """A new list; what is empty is not said."""
    names.refuse_taken(draft, name)
    draft.put(("lists", name), {key: found for key, found in value.items() if found})


def join(draft: Draft, name: str, members: Sequence[str]) -> None:
    """More members for a list."""
    key = names.key_of(draft, "lists", name)
    names.with_items(draft, ("lists", key, "members"), members)


def leave(draft: Draft, name: str, members: Sequence[str]) -> None:
    """Fewer members for a list; raises SpecError for each who is none."""
    key = names.key_of(draft, "lists", name)
    names.without_items(draft, ("lists", key, "members"), members, f"`{{}}` is no member of `{key}`")


def add_alias(draft: Draft, alias: str, name: str, terms: Mapping[str, str | list[str]] | None = None) -> None:
    """Another address for an account or a list; one with `terms`, such as `until`, gets an entry of its own."""
    section, key = names.entry_of(draft, name)
    if terms:
        names.refuse_taken(draft, alias)
        said = {term: resolve(value) if isinstance(value, str) else value for term, value in terms.items()}
        draft.put(("aliases", alias), {"to": [key], **said})
    else:
        names.with_items(draft, (section, key, "aliases"), [alias])


def remove_alias(draft: Draft, alias: str, name: str) -> None:
    """Take an address from an account or a list; raises SpecError when that does not have it."""
    section, key = names.entry_of(draft, name)
    address = draft.address(alias)
    own = next((known for known in draft.get("aliases") or {} if draft.address(known) == address), None)
    if own and [draft.address(target) for target in draft.get("aliases", own, "to")] == [draft.address(key)]:
        names.remove(draft, "aliases", own, from_lists=False)
        return
    names.without_items(draft, (section, key, "aliases"), [alias], f"`{{}}` is no alias of `{key}`")
