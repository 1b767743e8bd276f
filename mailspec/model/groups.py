"""Groups: people under one name, named one by one or by what accounts say of themselves."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, Strict

from ..problem import KeyPath
from .accounts import State
from .defined import Defined
from .spec import Clash, Spec
from .text import EVERYONE, GROUP, Person, Text, group_of

if TYPE_CHECKING:
    from .domain import MailDomain

People = dict[str, KeyPath]
"""Logins and external addresses, each with the part of the spec that puts it there."""


class Where(Spec):
    """What accounts say of themselves."""

    department: Text
    """The department, as the accounts write it."""


class Group(Spec):
    """People under one name; an archived account is in no group."""

    members: Annotated[tuple[Person, ...], Strict(False)] = ()
    """Accounts, other groups and external addresses, besides the accounts that name the group themselves."""

    where: Where | None = None
    """What the accounts have in common that are members without being named."""

    except_: Annotated[tuple[Person, ...], Strict(False)] = Field(default=(), alias="except")
    """Accounts, groups and external addresses that are taken out again, however they came in."""

    def named(self) -> Iterator[tuple[str, KeyPath]]:
        """Everybody the group names, to put in or to take out, with the place below the group."""
        for word, names in (("members", self.members), ("except", self.except_)):
            for index, name in enumerate(names):
                yield name, (word, index)


def people(spec: "MailDomain") -> dict[str, People]:
    """The people of every group, by its name; the groups do not run in a circle."""
    logins: dict[str, str] = {}
    found: dict[str, People] = defaultdict(dict)
    departments: dict[str, People] = defaultdict(dict)
    for name, account in spec.accounts.items():
        for group in account.groups:
            found[group]  # it exists, even if nobody in it can receive
        if account.state is not State.ARCHIVED:
            login = spec.address(name)
            path: KeyPath = ("accounts", name)
            logins |= dict.fromkeys(map(spec.address, (name, *account.aliases)), login)
            if account.shared:
                continue  # it is nobody
            found[EVERYONE][login] = path
            for index, group in enumerate(account.groups):
                found[group][login] = (*path, "groups", index)
            departments[account.department or ""][login] = (*path, "department")

    def named(name: str) -> Iterable[str]:
        if group := group_of(name):
            return found[group]
        address = spec.address(name)
        return [logins[address]] if address in logins else [] if spec.is_ours(address) else [address]

    for name in TopologicalSorter(_needs(spec)).static_order():
        if entry := spec.groups.get(name):
            members = found[name]
            for index, member in enumerate(entry.members):
                for address in named(member):
                    members.setdefault(address, ("groups", name, "members", index))
            if entry.where:
                for login, said in departments[entry.where.department].items():
                    members.setdefault(login, said)
            for address in [address for out in entry.except_ for address in named(out)]:
                members.pop(address, None)
    return dict(found)


def clashes(spec: "MailDomain", defined: Defined) -> Iterator[Clash]:
    """What is wrong with the names of groups, and with the people groups name."""
    known = {EVERYONE, *spec.groups, *(group for account in spec.accounts.values() for group in account.groups)}
    for name, path in references(spec):
        group, meant = group_of(name), defined.get(spec.address(name))
        if group and group not in known:
            near = difflib.get_close_matches(group, sorted(known), 1)
            hint = (
                f"write `{GROUP}{near[0]}`" if near else "name it in `groups` of an account, or define it in `groups`"
            )
            yield Clash(path, "unknown-group", f"there is no group `{group}`", hint)
        elif name == EVERYONE and meant:
            fact = f"`{name}` is every account, and an address at `{_dotted(meant)}`"
            hint = f"write `{GROUP}{name}` for every account, `{name}@{spec.main_domain}` for the address"
            yield Clash(path, "everyone-twice", fact, hint)
        elif path[0] == "groups" and not group and meant and meant[0] != "accounts":
            fact = f"`{name}` is no person but stands at `{_dotted(meant)}`, and groups are made of people"
            yield Clash(path, "no-person", fact, "name its people, or a group of them")
    try:
        TopologicalSorter(_needs(spec)).prepare()
    except CycleError as error:
        circle = error.args[1][::-1]
        edges = [_edge(spec, *pair) for pair in pairwise(circle)]
        fact = f"`{circle[0]}` would hold itself, by {', '.join(f'`{_dotted(edge)}`' for edge in edges)}"
        yield Clash(edges[0], "group-loop", fact, "remove one of them")


def references(spec: "MailDomain") -> list[tuple[str, KeyPath]]:
    """Every place where people are named."""
    if "references" not in spec.computed:
        spec.computed["references"] = list(_references(spec))
    found: list[tuple[str, KeyPath]] = spec.computed["references"]
    return found


def _references(spec: "MailDomain") -> Iterator[tuple[str, KeyPath]]:
    for key, account in spec.accounts.items():
        if account.forward:
            for index, name in enumerate(account.forward.to):
                yield name, ("accounts", key, "forward", "to", index)
    for key, group in spec.groups.items():
        for name, below in group.named():
            yield name, ("groups", key, *below)
    for key, entry in spec.lists.items():
        for word, names in entry.named:
            for index, name in enumerate(names):
                yield name, ("lists", key, word, index)
    for key, alias in spec.aliases.items():
        words = (("to", alias.to), ("send_as", alias.send_as), ("send_on_behalf", alias.send_on_behalf))
        for word, names in words:
            for index, name in enumerate(names):
                yield name, ("aliases", key, word, index)
    for key, account in spec.accounts.items():
        for index, name in enumerate(account.send_on_behalf):
            yield name, ("accounts", key, "send_on_behalf", index)
        for name, below in account.shared.named() if account.shared else ():
            yield name, ("accounts", key, "shared", *below)


def _needs(spec: "MailDomain") -> dict[str, list[str]]:
    """The groups that each group names."""
    return {key: [group_of(name) for name, _ in group.named() if group_of(name)] for key, group in spec.groups.items()}


def _edge(spec: "MailDomain", group: str, other: str) -> KeyPath:
    """Where one group names another."""
    return next(("groups", group, *below) for name, below in spec.groups[group].named() if group_of(name) == other)


def _dotted(path: KeyPath) -> str:
    return ".".join(str(step) for step in path)
