"""What happens to mail for one address, who may send as it, and which part of the spec says so."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic_core import PydanticCustomError

from .model.domain import MailDomain
from .model.lists import Post
from .model.servers import Role
from .model.text import domain_name
from .problem import KeyPath, Place, SpecError
from .routing import Route, lookup, posters, routes, senders
from .rows import rows
from .shown import shown

_UNITS = ((1024**4, "T"), (1024**3, "G"), (1024**2, "M"), (1024, "K"))
_DEPTH = 50
"""How many turns are followed; nobody reads further."""
_POST = {
    Post.DOMAIN: "every account may post",
    Post.MEMBERS: "members may post",
    Post.MODERATORS: "moderators may post",
}


@dataclass(frozen=True)
class Step:
    """What one address does with mail, and where the mail goes next."""

    address: str
    kind: str
    """`alias`, `alias-domain`, `catch-all`, `detail`, `disabled`, `list`, `mailbox`, `outside`, `role` or `unknown`."""
    fact: str
    path: KeyPath = ()
    """The part of the spec that says so; empty where it follows from what is not there."""
    next: tuple["Step", ...] = ()
    posters: tuple[str, ...] = ()
    """Who may post, for a list that does not take mail from anyone; `@domain` stands for all its accounts."""


@dataclass(frozen=True)
class Sender:
    """A login that may send as the address."""

    login: str
    fact: str
    path: KeyPath


@dataclass(frozen=True)
class Explanation:
    """Both answers for one address; `dataclasses.asdict` makes plain data of it."""

    address: str
    mail: Step
    senders: tuple[Sender, ...]


def explain(spec: MailDomain, address: str) -> Explanation:
    """Follow an address, full or short as in the spec.

    Raises SpecError when the text is no address.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    if not _:
        local, domain = domain, spec.main_domain
    try:
        domain = domain_name(domain)
    except PydanticCustomError:
        local = ""
    if not local or not local.isascii() or not local.isprintable() or {" ", "@", '"', "\\"} & set(local):
        fact = f"`{shown(address)}` is no address"
        raise SpecError.at("ADDRESS", "bad-address", fact, "write `alice@example.org`, or `alice` for the main domain")
    trace = _Trace(spec)
    full = f"{local}@{domain}"
    return Explanation(full, trace.step(full), trace.senders(full))


class _Trace:
    """Follows addresses the way Postfix does, with the place of each turn."""

    def __init__(self, spec: MailDomain) -> None:
        self.spec = spec
        self.table = routes(spec)
        self.servers = [name for name, server in spec.servers.items() if Role.MAILBOX in server.roles]
        self.closed = {route.address: str(route.path[1]) for route in self.table.values() if route.kind == "closed"}
        self.host = {
            str(row[0]): str(row[1])
            for server in spec.servers
            for row in rows(spec, server)["route"]
            if row[0] not in self.table and str(row[0]).rpartition("@")[2] in {server, spec.canonical(server)}
        }
        """Mail of the servers themselves, such as that of cron."""
        self.passed: set[str] = set()
        """What is explained already: lists may share members, and the tree must stay small."""

    def step(self, address: str, depth: int = 0, asked: bool = True) -> Step:
        """One address, and below it everything the mail passes; `asked` is whether a list's posting rule counts."""
        local, _, domain = address.rpartition("@")
        canonical = self.spec.canonical(domain)
        base, _, detail = local.partition("+")
        if address in self.host:
            following = self.step(self.host[address], depth + 1)
            return Step(
                address, "role", "mail of the server itself goes to the postmaster", ("postmaster",), (following,)
            )
        if domain in self.spec.servers and domain not in self.spec.domains:
            return self._refused(address)
        if domain not in self.spec.domains:
            return Step(address, "outside", "not ours: sent to the servers of its domain")
        if canonical != domain:
            following = self.step(f"{local}@{canonical}", depth + 1, asked)
            fact = f"`{domain}` is another name for `{canonical}`"
            return Step(address, "alias-domain", fact, ("domains", domain, "alias_of"), (following,))
        if base and detail and f"{base}@{domain}" in self.table:
            following = self.step(f"{base}@{domain}", depth + 1, asked)
            return Step(address, "detail", f"`+{detail}` travels along as a detail", (), (following,))
        route = lookup(self.spec, self.table, address)
        if route is None or route.kind == "closed":
            return self._refused(address)
        return self._route(address, route, depth, asked)

    def senders(self, address: str) -> tuple[Sender, ...]:
        """The logins that own an address; a detail after `+` changes nothing."""
        local, _, domain = address.rpartition("@")
        wanted = f"{local.partition('+')[0]}@{self.spec.canonical(domain)}"
        facts = {"alias": "has it as an alias", "mailbox": "is its login", "role": "answers for it as postmaster"}
        found = []
        for owned, login in senders(self.table):
            if owned == wanted:
                route = self.table[owned]
                found.append(Sender(login, facts[route.kind], route.path))
        return tuple(sorted(found, key=lambda sender: sender.login))

    def _route(self, address: str, route: Route, depth: int, asked: bool) -> Step:
        if route.kind == "mailbox":
            quota = self.spec.mailboxes[route.address].quota
            size = f"quota {_size(quota)}, then 552 5.2.2" if quota else "no quota"
            return Step(address, "mailbox", f"mailbox on {' and '.join(self.servers)}, {size}", route.path)
        if address in self.passed or depth > _DEPTH:
            return Step(address, route.kind, "as above" if address in self.passed else "and so on", route.path)
        self.passed.add(address)
        if route.kind == "list":
            return self._list(address, route, depth, asked)
        following = tuple(self.step(target, depth + 1, asked and route.kind == "alias") for target in route.targets)
        fact = {
            "alias": "alias",
            "catch-all": "no such address, so the catch-all of the domain takes it",
            "role": "the postmaster answers this name in every domain",
        }[route.kind]
        return Step(address, route.kind, fact, route.path, following)

    def _list(self, address: str, route: Route, depth: int, asked: bool) -> Step:
        entry = self.spec.mailing_lists[route.address]
        members = []
        for index, name in enumerate(entry.members):
            member = self.spec.address(name)
            if member in self.closed:
                step = Step(member, "disabled", "disabled account, receives nothing")
            else:
                step = self.step(member, depth + 1, asked=False)
            members.append(replace(step, path=(*route.path, "members", index)))
        fact = f"list of {len(members)} member{'s' if len(members) > 1 else ''}"
        # the filter sees the address the sender wrote: a list reached by way of another one asks nobody
        if not asked:
            return Step(address, "list", fact, route.path, tuple(members))
        if entry.post is Post.ANYONE:
            return Step(address, "list", f"{fact}, anyone may post", route.path, tuple(members))
        allowed = tuple(sorted(posters(self.spec, self.table, entry)))
        fact = f"{fact}, {_POST[entry.post]}, others get 554 5.7.1"
        return Step(address, "list", fact, route.path, tuple(members), allowed)

    def _refused(self, address: str) -> Step:
        if account := self.closed.get(address):
            fact = "disabled account: its mail is kept, new mail is refused with 550 5.2.1"
            return Step(address, "disabled", fact, ("accounts", account, "enabled"))
        return Step(address, "unknown", "no such address, refused with 550 5.1.1")


def text(explanation: Explanation, place: Callable[[KeyPath], Place | None] | None = None) -> str:
    """The explanation for people; `place` knows where in the files a part of the spec stands."""

    def where(path: KeyPath) -> str:
        found = place(path) if place else None
        return f" ({found or '.'.join(str(part) for part in path)})" if path else ""

    lines = [f"mail for {explanation.address}"]
    todo = [(explanation.mail, 1)]
    while todo:
        step, depth = todo.pop()
        lines.append(f"{'  ' * depth}{step.address}: {step.fact}{where(step.path)}")
        if step.posters:
            lines.append(f"{'  ' * (depth + 1)}may post: {', '.join(step.posters)}")
        todo += [(below, depth + 1) for below in reversed(step.next)]
    lines += ["", f"may send as {explanation.address}"]
    lines += [f"  {sender.login}: {sender.fact}{where(sender.path)}" for sender in explanation.senders]
    if not explanation.senders:
        lines.append("  nobody")
    return "\n".join(lines) + "\n"


def _size(count: int) -> str:
    for unit, letter in _UNITS:
        if count % unit == 0:
            return f"{count // unit}{letter}"
    return f"{count} bytes"
