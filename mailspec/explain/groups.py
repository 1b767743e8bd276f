"""Groups: the people a group stands for, each with the line that puts them there, and what names the group."""

import difflib
from collections.abc import Sized

from ..model.domain import MailDomain
from ..model.groups import references
from ..model.text import GROUP, group_of
from ..problem import KeyPath, SpecError
from ..shown import shown
from .step import Expansion, Fact


def is_group(name: str) -> bool:
    """Whether somebody asks about a group rather than an address."""
    return name.strip().lower().startswith(GROUP)


def expansion(spec: MailDomain, name: str, what: str = "ADDRESS") -> Expansion:
    """The people of `group:NAME`, or of `NAME` alone.

    Raises SpecError when there is no such group.
    """
    known = spec.group_people
    written = name.strip().lower()
    group = written.removeprefix(GROUP)
    if group not in known:
        near = difflib.get_close_matches(group, sorted(known), 1)
        others = ", ".join(f"`{each}`" for each in sorted(known))
        hint = f"write `{GROUP}{near[0]}`" if near else f"the groups are {others}"
        raise SpecError.at(what, "unknown-group", f"there is no group `{shown(group)}`", hint)
    people = tuple(Fact(address, path) for address, path in sorted(known[group].items()))
    users = tuple(Fact(_user(spec, path), path) for used, path in references(spec) if group_of(used) == group)
    path = ("groups", group) if group in spec.groups else ()
    return Expansion(f"{GROUP}{group}", fact(people), path, people, users)


def fact(people: Sized) -> str:
    """How many people a group stands for."""
    return f"group of {len(people)}" if people else "group of nobody"


def _user(spec: MailDomain, path: KeyPath) -> str:
    section, name, word = map(str, path[:3])
    word = str(path[3]) if word == "shared" else word
    if section == "groups":
        return f"{GROUP}{name}" if word == "members" else f"{GROUP}{name}, to take them out"
    does = {
        "forward": "who forwards to it",
        "manage": "to manage its mail",
        "members": "as members",
        "moderators": "as moderators",
        "owners": "as owners",
        "read": "to read its mail",
        "send_as": "to send as it",
        "send_on_behalf": "to send on its behalf",
        "to": "as targets",
        "write": "to read and file its mail",
    }
    return f"{spec.address(name)}, {does[word]}"
