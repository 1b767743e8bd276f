"""Names in a spec being edited: which entry one means, and everything that names an address."""

import difflib
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..problem import Place, Problem, SpecError
from ..shown import shown
from .draft import Draft

_WORDS = {"accounts": "an account", "aliases": "an alias", "lists": "a list"}
"""The sections whose keys are addresses."""
_REFERENCES = {
    "accounts": ("account", ("send_on_behalf",)),
    "aliases": ("alias", ("to", "send_as", "send_on_behalf")),
    "groups": ("group", ("members", "except")),
    "lists": ("list", ("members", "moderators", "owners")),
}
"""The sections whose entries name addresses of others, and the keys that do."""


class Mention(NamedTuple):
    """A place that names an address."""

    path: tuple[str, ...]
    """The key that names it, alone or among others."""
    item: int | None
    """Which item of a list it is."""
    fact: str


def key_of(draft: Draft, section: str, name: str) -> str:
    """The key of an account or a list as its file writes it; raises SpecError when there is none."""
    return str(entry_of(draft, name, (section,))[1])


def entry_of(draft: Draft, name: str, sections: Collection[str] = ("accounts", "lists")) -> tuple[str, str]:
    """The section and the key of what an address names; raises SpecError when there is nothing."""
    address = draft.address(name)
    for section in sections:
        for key in draft.get(section) or {}:
            if draft.address(key) == address:
                return section, key
    kinds = " and no ".join(_WORDS[section].partition(" ")[2] for section in sections)
    known = [key for section in sections for key in draft.get(section) or {}]
    near = difflib.get_close_matches(name, known, 1)
    hint = f"write `{shown(near[0])}`" if near else "name one that is there"
    raise SpecError.at(draft.source.main, "unknown-address", f"there is no {kinds} `{shown(name)}`", hint)


def refuse_taken(draft: Draft, name: str) -> None:
    """Raise SpecError when something has the name already."""
    for section, word in _WORDS.items():
        for key in draft.get(section) or {}:
            if draft.address(key) == draft.address(name):
                fact = f"`{shown(key)}` is {word} already"
                place = draft.place(section, key)
                raise SpecError([Problem(place, "address-twice", fact, "choose another name, or change that entry")])


def mentions(draft: Draft, addresses: Collection[str]) -> Iterator[Mention]:
    """Everything that names one of the addresses without defining it."""
    for section, (kind, words) in _REFERENCES.items():
        for key, entry in (draft.get(section) or {}).items():
            for word in words:
                for index, name in enumerate((entry or {}).get(word) or ()):
                    if draft.address(name) in addresses:
                        fact = f"`{shown(name)}` is among the `{word}` of the {kind} `{shown(key)}`"
                        yield Mention((section, key, word), index, fact)
    for key, entry in (draft.get("accounts") or {}).items():
        for index, name in enumerate(((entry or {}).get("forward") or {}).get("to") or ()):
            if draft.address(name) in addresses:
                fact = f"`{shown(name)}` is among those to whom `{shown(key)}` forwards"
                yield Mention(("accounts", key, "forward", "to"), index, fact)
        for word, people in ((entry or {}).get("shared") or {}).items():
            for index, name in enumerate(people or ()):
                if draft.address(name) in addresses:
                    fact = f"`{shown(name)}` is among the `{word}` of the shared mailbox `{shown(key)}`"
                    yield Mention(("accounts", key, "shared", word), index, fact)
    for domain, settings in (draft.get("domains") or {}).items():
        name = (settings or {}).get("catch_all")
        if name and draft.address(name) in addresses:
            yield Mention(("domains", domain, "catch_all"), None, f"`{shown(name)}` is the `catch_all` of `{domain}`")
    if draft.address(draft.data["postmaster"]) in addresses:
        yield Mention(("postmaster",), None, f"`{shown(draft.data['postmaster'])}` is the `postmaster`")


def remove(draft: Draft, section: str, name: str, *, from_lists: bool) -> None:
    """Take an account or a list out of the spec; raises SpecError while something names it."""
    key = key_of(draft, section, name)
    own = {draft.address(known) for known in (key, *(draft.get(section, key, "aliases") or ()))}
    found = [mention for mention in mentions(draft, own) if mention.path[:2] != (section, key)]
    forget(draft, own, found, from_lists=from_lists)
    draft.drop((section, key))


def forget(draft: Draft, own: Collection[str], found: Collection[Mention], *, from_lists: bool) -> None:
    """Let nothing name what is to be removed; raises SpecError for each place that can not or may not forget it."""
    if problems := [_still_named(draft, mention) for mention in found if mention.item is None or not from_lists]:
        raise SpecError(problems)
    for path in dict.fromkeys(mention.path for mention in found):
        draft.put(path, [item for item in draft.get(*path) if draft.address(item) not in own])


def replace(draft: Draft, old: str, new: str) -> None:
    """Let everything that names an address name another one."""
    address = draft.address(old)
    for mention in list(mentions(draft, {address})):
        names = draft.get(*mention.path)
        changed = (
            [new if draft.address(item) == address else item for item in names] if mention.item is not None else new
        )
        draft.put(mention.path, changed)


def with_items(draft: Draft, path: tuple[str, ...], names: Collection[str]) -> None:
    """Add addresses to a list of them; those that are there stay as they are."""
    items = draft.get(*path) or []
    known = {draft.address(item) for item in items}
    draft.put(path, [*items, *(name for name in dict.fromkeys(names) if draft.address(name) not in known)])


def without_items(draft: Draft, path: tuple[str, ...], names: Collection[str], fact: str) -> None:
    """Take addresses out of a list of them; raises SpecError for each that is not there, with `fact` about it."""
    items = draft.get(*path) or []
    known = {draft.address(item) for item in items}
    place = draft.place(*path)
    hint = f"name some of {', '.join(f'`{shown(item)}`' for item in items[:10])}" if items else "there are none"
    if lacking := [name for name in names if draft.address(name) not in known]:
        raise SpecError([Problem(place, "not-there", fact.format(shown(name)), hint) for name in lacking])
    gone = {draft.address(name) for name in names}
    left = [item for item in items if draft.address(item) not in gone]
    if left or path[-1] not in {"aliases", "moderators", "owners"}:
        draft.put(path, left)
    else:
        draft.drop(path)


def _still_named(draft: Draft, mention: Mention) -> Problem:
    place: Place = draft.place(*mention.path, *(() if mention.item is None else (mention.item,)))
    hint = "name another one there first"
    if mention.item is not None:
        hint = "give `--from-lists` to take it out there too"
    return Problem(place, "still-named", mention.fact, hint)
