"""Circles: lists, aliases and forwards by which mail would come back to where it was."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .spec import Clash
from .text import group_of

if TYPE_CHECKING:
    from .domain import MailDomain

_WORDS = {
    "accounts": ("forward-loop", "target"),
    "aliases": ("alias-loop", "target"),
    "lists": ("list-loop", "member"),
}


def clashes(spec: "MailDomain", *, sound: bool) -> Iterator[Clash]:
    """The first circle; the people of groups count if the groups are `sound`."""
    goes_on = {spec.address(name): entry.members for name, entry in spec.lists.items()}
    goes_on |= {spec.address(name): alias.to for name, alias in spec.aliases.items()}
    forwards = {name: account for name, account in spec.accounts.items() if account.forward}
    goes_on |= {spec.address(name): account.forward.to for name, account in forwards.items() if account.forward}
    names = {spec.address(alias): spec.address(name) for name, entry in spec.lists.items() for alias in entry.aliases}
    names |= {
        spec.address(alias): spec.address(name) for name, account in forwards.items() for alias in account.aliases
    }
    logins = {spec.address(name) for name in forwards}

    def following(address: str) -> Iterator[str]:
        for name in goes_on.get(address, ()):
            if group := group_of(name):
                # of the people of a group only those lead on who forward their mail
                yield from (logins - {address}).intersection(spec.group_people[group]) if sound and logins else ()
            else:
                yield names.get(spec.address(name), spec.address(name))

    done: set[str] = set()
    sections = (("lists", spec.lists), ("aliases", spec.aliases), ("accounts", forwards))
    for section, name in [(section, name) for section, entries in sections for name in entries]:
        path: list[str] = []
        todo = [(spec.address(name), 0)]
        while todo:
            address, depth = todo.pop()
            done.update(path[depth:])
            del path[depth:]
            if address in path:
                loop = " -> ".join([*path[path.index(address) :], address])
                kind, part = _WORDS[section]
                yield Clash((section, name), kind, f"mail would run in a circle: {loop}", f"remove one {part}")
                return
            if address in done:
                continue
            path.append(address)
            todo += [(target, depth + 1) for target in following(address)]
        done.update(path)
