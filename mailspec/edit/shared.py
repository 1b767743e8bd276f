"""Mailboxes are shared with people, and no longer."""

from collections.abc import Collection, Mapping

from ..model.shared import Right
from ..problem import Problem, SpecError
from ..shown import shown
from . import names
from .draft import Draft

_WORDS = (*map(str, Right), "send_as")


def share(draft: Draft, name: str, people: Mapping[str, Collection[str]], full_name: str = "") -> None:
    """Give people rights to a shared mailbox, which is made if nothing has the name; a person has one of the rights."""
    known = {draft.address(key): key for key in draft.get("accounts") or {}}
    key = known.get(draft.address(name), name)
    if key == name and draft.address(name) not in known:
        names.refuse_taken(draft, name)
        shared = {word: list(dict.fromkeys(found)) for word, found in people.items() if found}
        draft.put(("accounts", name), {**({"name": full_name} if full_name else {}), "shared": shared})
        return
    _refuse_other(draft, key)
    if full_name:
        draft.put(("accounts", key, "name"), full_name)
    for word, found in people.items():
        moved = {draft.address(person) for person in found} if word in set(Right) else set()
        for other in Right:
            if other != word and moved:
                _keep(draft, key, other, moved)
        if found:
            names.with_items(draft, ("accounts", key, "shared", word), found)


def unshare(draft: Draft, name: str, people: Collection[str]) -> None:
    """Take every right to a shared mailbox from people; raises SpecError for each who has none."""
    key = names.key_of(draft, "accounts", name)
    _refuse_other(draft, key)
    gone = {draft.address(person): person for person in people}
    there = {draft.address(person) for word in _WORDS for person in draft.get("accounts", key, "shared", word) or ()}
    place = draft.place("accounts", key, "shared")
    hint = "`mailspec explain` tells who opens it, and by which group"
    facts = [f"`{shown(person)}` is not named there" for address, person in gone.items() if address not in there]
    if facts:
        raise SpecError([Problem(place, "not-there", fact, hint) for fact in facts])
    for word in _WORDS:
        _keep(draft, key, word, gone.keys())


def _keep(draft: Draft, key: str, word: str, without: Collection[str]) -> None:
    """Leave only those who are not among some addresses."""
    path = ("accounts", key, "shared", word)
    items = draft.get(*path) or []
    left = [item for item in items if draft.address(item) not in without]
    if left:
        draft.put(path, left)
    elif items:
        draft.drop(path)


def _refuse_other(draft: Draft, key: str) -> None:
    """Raise SpecError when an account has a login."""
    if draft.get("accounts", key, "shared") is None:
        fact = f"`{shown(key)}` is an account that somebody logs in to"
        raise SpecError([Problem(draft.place("accounts", key), "no-shared-mailbox", fact, "choose another name")])
