"""The way of mail through a domain as boxes and arrows, from the world to the mailboxes."""

from dataclasses import dataclass, field

from ...explain.life import days
from ...host import Host
from ...model.accounts import State
from ...model.domain import MailDomain
from ...model.lists import Post
from ...model.servers import Role
from ...routing import Route, lookup, routes
from ..words import size, time

SOURCE, SERVER, DOMAIN, ADDRESS, END = range(5)
"""The columns of the picture, from left to right."""

_POST = {
    Post.ANYONE: "anyone may post",
    Post.DOMAIN: "every account may post",
    Post.MEMBERS: "members may post",
    Post.MODERATORS: "moderators may post",
}


@dataclass(frozen=True)
class Line:
    """One line in a box."""

    text: str
    port: int = 0
    """A port the world reaches; it stands on the edge of the box."""
    quiet: bool = False
    """Shown only where it changes."""


@dataclass
class Box:
    """A server, a domain, an address, a mailbox."""

    column: int
    kind: str
    title: str
    order: tuple[str, ...] = ()
    lines: dict[str, Line] = field(default_factory=dict)


@dataclass
class Flow:
    """Every box by its key, and the arrows; an arrow to a port ends in `key#line`."""

    boxes: dict[str, Box] = field(default_factory=dict)
    arrows: set[tuple[str, str]] = field(default_factory=set)


def flow(spec: MailDomain) -> Flow:
    """The picture of one spec."""
    found = Flow()
    _servers(spec, found)
    _domains(spec, found)
    _mailboxes(spec, found)
    table = routes(spec)
    for route in sorted(
        table.values(), key=lambda route: (len(route.path), route.address)
    ):  # a name before its aliases
        _route(spec, table, route, found)
    for domain in _canonical(spec):
        if f"@{domain}" not in table:
            _address(found, f"other:{domain}", domain, "any other name", "refused")
    return found


def _canonical(spec: MailDomain) -> list[str]:
    return sorted(name for name, domain in spec.domains.items() if not domain.alias_of)


def _servers(spec: MailDomain, found: Flow) -> None:
    for name, server in spec.servers.items():
        host = Host(spec, name)
        box = found.boxes[f"server:{name}"] = Box(SERVER, "server", name, (name,))
        for port, service in host.services.items():
            box.lines[f"port{port}"] = Line(service, port)
            _source(found, "world" if port == 25 else "users", f"server:{name}#port{port}")
        ssh = spec.firewall.ssh
        box.lines[f"ssh{ssh.port}"] = Line(f"SSH from {_some([str(n) for n in ssh.from_]) or 'anywhere'}", ssh.port)
        _source(found, "administrators", f"server:{name}#ssh{ssh.port}")
        if Role.MX in server.roles:
            box.lines["mark"] = Line(f"spam is marked from {spec.spam.mark}")
            box.lines["reject"] = Line(f"and refused from {spec.spam.reject}")
            grey = spec.spam.greylisting
            wait = f"wait {time(grey.delay)}" if grey.enabled else "do not wait"
            box.lines["greylisting"] = Line(f"doubtful strangers {wait}", quiet=True)
        box.lines["os"] = Line(host.os, quiet=True)
        box.lines["addresses"] = Line(_some([str(address) for address in server.addresses], 9), quiet=True)


_SOURCES = {
    "world": ("1", "Other mail servers"),
    "users": ("2", "Our users"),
    "administrators": ("3", "Administrators"),
}


def _source(found: Flow, name: str, target: str) -> None:
    order, title = _SOURCES[name]
    found.boxes[f"from:{name}"] = Box(SOURCE, "source", title, (order,))
    found.arrows.add((f"from:{name}", target))


def _domains(spec: MailDomain, found: Flow) -> None:
    for name in _canonical(spec):
        box = found.boxes[f"domain:{name}"] = Box(DOMAIN, "domain", name, (name,))
        for alias, domain in sorted(spec.domains.items()):
            if domain.alias_of == name:
                box.lines[alias] = Line(f"also {alias}")
        for server, settings in spec.servers.items():
            if Role.MX in settings.roles:
                found.arrows.add((f"server:{server}", f"domain:{name}"))


def _mailboxes(spec: MailDomain, found: Flow) -> None:
    for address, account in spec.mailboxes.items():
        box = found.boxes[f"mailbox:{address}"] = Box(END, "mailbox", address, (address,))
        box.lines["quota"] = Line(f"holds {size(account.quota)}" if account.quota else "no quota", quiet=True)
        if account.shared:
            box.lines["shared"] = Line("shared, nobody logs in as it")
        if account.state is not State.ACTIVE or not account.receive:
            box.lines["state"] = Line(str(account.state) if account.receives else "closed: no new mail")
        if account.has_days:
            box.lines["days"] = Line(days(account))


def _route(spec: MailDomain, table: dict[str, Route], route: Route, found: Flow) -> None:
    """One address that receives mail, in the box it shares with those that end in the same place."""
    local, _, domain = route.address.partition("@")
    if route.path[0] in {"aliases", "lists"}:
        _list(spec, table, route, found)
    elif route.kind in {"mailbox", "forward", "alias", "closed"}:
        owner = spec.address(str(route.path[1]))
        for target in ("refused",) if route.kind == "closed" else _ends(spec, table, owner, frozenset()):
            _address(found, f"own:{domain}:{owner}", domain, local, target)
    elif route.kind == "role":
        target = _ends(spec, table, route.targets[0], frozenset())[0]
        _address(found, f"role:{domain}", domain, local, target, quiet=True)
        names = [name for name, line in found.boxes[f"role:{domain}"].lines.items() if line.quiet]
        found.boxes[f"role:{domain}"].lines["~"] = Line(_some(sorted(names, key=lambda name: name != "postmaster"), 1))
    else:
        for target in _ends(spec, table, route.targets[0], frozenset()):
            _address(found, f"other:{domain}", domain, "any other name", target)


def _address(found: Flow, key: str, domain: str, text: str, target: str, *, quiet: bool = False) -> None:
    """A line in the box of the addresses of one domain that end in the same place."""
    kind = key.partition(":")[0]
    number = {"own": "2", "role": "3", "other": "4"}[kind]
    box = found.boxes.setdefault(key, Box(ADDRESS, kind, "", (domain, number, key)))
    box.lines[text] = Line(text, quiet=quiet)
    _arrow(found, key, domain, target)


def _list(spec: MailDomain, table: dict[str, Route], route: Route, found: Flow) -> None:
    (local, _, domain), list_ = route.address.partition("@"), spec.address(str(route.path[1]))
    key = f"list:{list_}"
    box = found.boxes.setdefault(key, Box(ADDRESS, "list", list_))
    if {"aliases", "patterns"} & set(route.path[2:]):
        box.lines[route.address] = Line(f"also {local if list_.endswith(f'@{domain}') else route.address}")
        return
    box.title, box.order = local, (domain, "1", route.address)
    if route.path[0] == "lists":
        box.lines["list"] = Line(f"list of {len(route.targets):,}")
        box.lines["post"] = Line(_POST[spec.mailing_lists[route.address].post])
    else:
        box.lines["list"] = Line(f"alias of {len(route.targets):,}")
    found.arrows.add((f"domain:{domain}", key))
    if not route.targets:
        _arrow(found, key, domain, "refused")
    for member in route.targets:
        for end in _ends(spec, table, member, frozenset()):
            _arrow(found, key, domain, end)


def _arrow(found: Flow, key: str, domain: str, target: str) -> None:
    found.arrows |= {(f"domain:{domain}", key), (key, target)}
    if target == "refused":
        found.boxes[target] = Box(END, "refused", "refused", ("~",), {"told": Line("the sender is told")})
    elif target.startswith("outside:"):
        address = target.removeprefix("outside:")
        found.boxes[target] = Box(END, "outside", address, (address,), {"outside": Line("at another provider")})


def _ends(spec: MailDomain, table: dict[str, Route], address: str, seen: frozenset[str]) -> tuple[str, ...]:
    """The boxes that mail for a member or a target of an address goes to next."""
    if not spec.is_ours(address):
        return (f"outside:{address}",)
    route = lookup(spec, table, address)
    if route is None or route.kind == "closed" or address in seen:
        return ("refused",)
    if route.kind == "list" or route.path[0] == "aliases":
        return (f"list:{route.address}",)
    own = (f"mailbox:{route.address}",) if route.kind == "mailbox" else ()
    others = [target for target in route.targets if target != route.address]
    return (*own, *(end for target in others for end in _ends(spec, table, target, seen | {address})))


def _some(names: list[str], most: int = 2) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
