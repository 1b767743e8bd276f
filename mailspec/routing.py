"""What an address does: where mail for it goes, and who may send as it.

Pure views of the model; the lookup rows, `explain` and the cases all read them.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from .model import patterns
from .model.accounts import State
from .model.aliases import Alias, Writers
from .model.domain import MailDomain
from .model.domains import ROLE_NAMES
from .model.lists import List, Moderation, Post
from .problem import KeyPath
from .spelling import spellings


class Route(NamedTuple):
    """One step of mail on its way: the address, where it goes next, and which part of the spec says so."""

    address: str
    kind: str
    """`mailbox` (which may forward a copy), `forward` (which keeps none), `alias`, `list`, `role`, `pattern` (which
    leads to its alias), `catch-all`, or `closed`: it exists, reaches nobody, and is refused."""
    targets: tuple[str, ...]
    path: KeyPath
    owner: str = ""
    """The login it belongs to; empty for those that several share, and for the catch-all of a domain."""

    @property
    def is_pattern(self) -> bool:
        """Whether its address is a pattern, also where its alias is closed."""
        return self.path[2:3] == ("patterns",)


def routes(spec: MailDomain) -> dict[str, Route]:
    """Every address of a day on which all are at work, by canonical address; a catch-all stands under `@domain`."""
    if "routes" not in spec.computed:
        spec.computed["routes"] = _routes(spec)
    found: dict[str, Route] = spec.computed["routes"]
    return found


def _routes(spec: MailDomain) -> dict[str, Route]:
    found: dict[str, Route] = {}
    closed: dict[str, Route] = {}
    for name, account in spec.accounts.items():
        if not account.receives:
            key = "receive" if account.state is not State.ARCHIVED else "state"
            for owned in map(spec.address, (name, *account.aliases)):
                closed[owned] = Route(owned, "closed", (), ("accounts", name, key), spec.address(name))
            continue
        if account.forward:
            continue  # whether it reaches somebody depends on the others
        address = spec.address(name)
        itself = (address,)
        found[address] = Route(address, "mailbox", itself, ("accounts", name), address)
        for index, alias in enumerate(map(spec.address, account.aliases)):
            found[alias] = Route(alias, "alias", itself, ("accounts", name, "aliases", index), address)
    joined = [address for address, entry in spec.mailing_lists.items() if entry.is_joined]
    found.update(_alive({route.address: route for route in _shared(spec)}, closed, joined))
    for domain, glob, alias, index in patterns.named(spec):
        address = f"{glob}@{domain}"
        path, target = ("aliases", alias, "patterns", index), spec.address(alias)
        is_closed = found[target].kind == "closed"
        found[address] = Route(address, "closed" if is_closed else "pattern", () if is_closed else (target,), path)
    postmaster = spec.address(spec.postmaster)
    for domain, settings in spec.domains.items():
        if settings.alias_of:
            continue
        for role in ROLE_NAMES:
            if (address := f"{role}@{domain}") not in found:
                found[address] = Route(address, "role", (postmaster,), ("postmaster",), postmaster)
        if settings.catch_all:
            target = spec.address(settings.catch_all)
            if target in found and found[target].kind != "closed":
                found[f"@{domain}"] = Route(f"@{domain}", "catch-all", (target,), ("domains", domain, "catch_all"))
    return closed | found  # a role name is answered even where such an account had it


def _shared(spec: MailDomain) -> Iterator[Route]:
    """The addresses that lead to others, to everybody they name."""
    for name, account in spec.accounts.items():
        if account.forward and account.receives:
            address = spec.address(name)
            others = {target for _, target in spec.people(account.forward.to)} - {address}
            kind, own = ("mailbox", (address,)) if account.forward.keep else ("forward", ())
            yield Route(address, kind, (*own, *sorted(others)), ("accounts", name), address)
            for index, alias in enumerate(map(spec.address, account.aliases)):
                yield Route(alias, "alias", (address,), ("accounts", name, "aliases", index), address)
    for name, entry in spec.lists.items():
        address = spec.address(name)
        members = {member for _, member in spec.people(entry.members)}
        yield Route(address, "list", tuple(sorted(members)), ("lists", name))
        for index, alias in enumerate(map(spec.address, entry.aliases)):
            yield Route(alias, "alias", (address,), ("lists", name, "aliases", index))
    for name, shared in spec.aliases.items():
        targets = {target for _, target in spec.people(shared.to)}
        yield Route(spec.address(name), "alias", tuple(sorted(targets)), ("aliases", name))


def _alive(shared: dict[str, Route], closed: Container[str], joined: Iterable[str]) -> Iterator[tuple[str, Route]]:
    """The same routes without what reaches nobody; one of which nothing is left is closed itself.

    A list is not that users have joined: the spec does not know them.
    """
    before: dict[str, list[str]] = defaultdict(list)
    for route in shared.values():
        for target in route.targets:
            before[target].append(route.address)
    alive: set[str] = set()
    todo = [*joined, *(target for target in before if target not in shared and target not in closed)]
    todo += [route.address for route in shared.values() if route.kind == "mailbox"]
    while todo:
        here = todo.pop()
        if here not in alive:
            alive.add(here)
            todo += before.get(here, ())
    for address, route in shared.items():
        targets = tuple(target for target in route.targets if target in alive)
        yield address, route._replace(kind=route.kind if targets or address in alive else "closed", targets=targets)


def lookup(spec: MailDomain, table: dict[str, Route], address: str) -> Route | None:
    """The route of one address, as Postfix finds it: what it may stand for, or the catch-all of its domain."""
    anybody = f"@{spec.canonical(address.lower().rpartition('@')[2])}"
    return next((table[key] for key in (*spellings(spec, address), anybody) if key in table), None)


def reach(spec: MailDomain, table: dict[str, Route], address: str) -> frozenset[str]:
    """The mailboxes and external addresses that mail for an address ends in; empty when it is refused."""
    return frozenset(ends(spec, table, address))


def ends(spec: MailDomain, table: dict[str, Route], address: str, *, own: bool = False) -> Iterator[str]:
    """The same one by one, for those who need not know them all; a mailbox that answers two names may come twice.

    With `own` an account is an end, wherever it forwards its mail to.
    """
    seen: set[str] = set()
    todo = [address.lower()]
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        route = table.get(here)
        if route is None and not spec.is_ours(here):
            yield here
        elif route := route or lookup(spec, table, here):
            stays = own and route.kind in {"forward", "mailbox"}
            if stays or route.kind == "mailbox":
                yield route.address
            if not stays:
                todo += route.targets


def senders(spec: MailDomain, table: dict[str, Route]) -> Iterator[tuple[str, str]]:
    """Who may send as what: pairs of a canonical address and the login that owns it, or may use it."""
    mute = {login for login, account in spec.mailboxes.items() if not account.can_send}  # few, so a set of little
    for route in table.values():
        if route.owner and route.owner not in mute:
            yield route.address, route.owner
        elif is_joint(spec, route.path):
            for login, _ in named_senders(spec, table, route):
                yield route.address, login


def is_joint(spec: MailDomain, path: KeyPath) -> bool:
    """Whether an address belongs to no single login: that of an alias, or of a shared mailbox."""
    return path[:1] == ("aliases",) or (path[:1] == ("accounts",) and bool(spec.accounts[str(path[1])].shared))


def named_senders(spec: MailDomain, table: dict[str, Route], route: Route) -> Iterator[tuple[str, KeyPath]]:
    """The logins that may send as an alias or a shared mailbox, each with the part of the spec that says so."""
    section, name = map(str, route.path[:2])
    shared = spec.accounts[name].shared if section == "accounts" else None
    names = shared.send_as if shared else spec.aliases[name].send_as
    below: KeyPath = ("shared", "send_as") if shared else ("send_as",)
    if route.kind != "closed":
        for index, address in spec.people(names):
            known = table.get(address)  # a group may hold people elsewhere, who have none
            if known and (login := known.owner) and spec.mailboxes[login].can_send:
                yield login, (section, name, *below, index)


def behalf(spec: MailDomain, table: dict[str, Route]) -> Iterator[tuple[str, str, KeyPath]]:
    """Who may write in the name of an address that takes mail: the address, a login, and which part says so."""
    granted: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
        ("accounts", name, (name, *account.aliases), account.send_on_behalf)
        for name, account in spec.accounts.items()
        if account.send_on_behalf
    ]
    granted += [
        ("aliases", name, (name, *alias.patterns), alias.send_on_behalf) for name, alias in spec.aliases.items()
    ]
    for section, name, addresses, who in granted:
        for index, named in spec.people(who):
            route = table.get(named)
            if route and (login := route.owner) and spec.mailboxes[login].can_send:
                for address in map(spec.address, addresses):
                    if table[address].kind != "closed":
                        yield address, login, (section, name, "send_on_behalf", index)


class Rule(NamedTuple):
    """A list or alias that not everybody may write to."""

    address: str
    entry: List | Alias
    names: tuple[str, ...]
    """Its addresses: the first, those of `aliases`, and its patterns."""
    path: KeyPath

    @property
    def holds(self) -> bool:
        """Whether what others post waits for a moderator instead of being refused."""
        return isinstance(self.entry, List) and self.entry.moderation is Moderation.STRANGERS


def ruled(spec: MailDomain) -> Iterator[Rule]:
    """Every list and alias with a rule on who may post."""
    for name, entry in spec.lists.items():
        if entry.post is not Post.ANYONE:
            address = spec.address(name)
            yield Rule(address, entry, (address, *map(spec.address, entry.aliases)), ("lists", name))
    for name, alias in spec.aliases.items():
        if alias.post is not Writers.ANYONE:
            yield Rule(spec.address(name), alias, tuple(map(spec.address, (name, *alias.patterns))), ("aliases", name))


def posters(spec: MailDomain, table: dict[str, Route], entry: List | Alias) -> frozenset[str]:
    """Who may post to a list or alias: logins, external addresses, or `@domain` for every login of it."""
    if isinstance(entry, Alias) or entry.post is Post.DOMAIN:
        return frozenset(f"@{name}" for name, domain in spec.domains.items() if not domain.alias_of)
    named = entry.moderators if entry.post is Post.MODERATORS else entry.members
    return frozenset(who for _, address in spec.people(named) for who in speakers(spec, table, address))


def speakers(spec: MailDomain, table: dict[str, Route], address: str) -> frozenset[str]:
    """Who speaks for an address: whoever its mail reaches and who can send, or an account that sends and takes none."""
    route = table.get(address)
    login = route.owner if route and route.kind == "closed" else ""
    who = {login} if login else set(ends(spec, table, address, own=True))
    return frozenset(name for name in who if name not in spec.mailboxes or spec.mailboxes[name].can_send)
