"""Where mail for an address goes, turn by turn, the way Postfix finds it."""

from dataclasses import replace
from functools import cached_property

from ..model.domain import MailDomain
from ..model.servers import Role
from ..model.shared import Right
from ..model.text import GROUP, group_of
from ..problem import KeyPath
from ..routing import Route, Rule, is_joint, lookup, named_senders, routes, ruled, senders
from ..rows import host_routes
from ..shared import opened
from ..spelling import spellings
from . import life, mailing, posting, shared, vacation
from .groups import fact as group_fact
from .step import Fact, Sender, Step, count, size

_DEPTH = 50
"""How many turns are followed; nobody reads further."""
_OWNS = {"alias": "has it as an alias", "mailbox": "is its login", "role": "answers for it as postmaster"}


class Trace:
    """One spec, and the questions an address raises."""

    def __init__(self, spec: MailDomain) -> None:
        self.spec = spec
        self.table = routes(spec)
        self.stores = " and ".join(name for name, server in spec.servers.items() if Role.MAILBOX in server.roles)
        self.host = {
            address: target
            for server in spec.servers
            for address, target in host_routes(spec, server)
            if address not in self.table
        }
        """Mail of the servers themselves, such as that of cron."""
        self.passed: set[str] = set()
        """What is explained already: lists may share members, and the tree must stay small."""

    @cached_property
    def owners(self) -> dict[str, list[str]]:
        """The logins that may send as each canonical address: the rows of `sender`."""
        found: dict[str, list[str]] = {}
        for address, login in sorted(set(senders(self.spec, self.table))):
            found.setdefault(address, []).append(login)
        return found

    @cached_property
    def opened(self) -> list[tuple[str, str, Right, KeyPath]]:
        """Who opens which shared mailbox: the rows of `shared`."""
        return sorted(opened(self.spec, self.table))

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The posting rules by each address they hold for: the rows of `list`."""
        return {name: rule for rule in ruled(self.spec) for name in rule.names}

    def keys(self, address: str) -> tuple[str, ...]:
        """The canonical forms an address is looked up by: as it is, without `+detail`, and more where there are."""
        return tuple(spellings(self.spec, address))

    def hit(self, address: str) -> str:
        """The one of them that the spec knows; empty when there is none."""
        return next((key for key in self.keys(address) if key in self.table), "")

    def owned_by(self, address: str) -> tuple[list[str], KeyPath]:
        """The logins that may send as an address, and where the spec says so."""
        if address.rpartition("@")[2] in self.spec.domains:
            key = self.hit(address)
            if key in self.owners:
                return self.owners[key], self.table[key].path
        return [], ()

    def senders(self, address: str) -> tuple[Sender, ...]:
        """The logins that own an address; a detail after `+` changes nothing."""
        logins, path = self.owned_by(address)
        found = self.hit(address)
        if is_joint(self.spec, path):
            named = dict(reversed(list(named_senders(self.spec, self.table, self.table[found]))))
            return tuple(Sender(login, "is named by `send_as`", named[login]) for login in logins)
        kind = "mailbox" if found in logins else self.table[found].kind if found else ""
        return tuple(Sender(login, _OWNS.get(kind, _OWNS["alias"]), path) for login in logins)

    def step(self, address: str, depth: int = 0, asked: bool = True) -> Step:
        """One address, and below it everything the mail passes; `asked` is whether a list's posting rule counts."""
        local, _, domain = address.rpartition("@")
        canonical = self.spec.canonical(domain)
        if address in self.host:
            following = self.step(self.host[address], depth + 1)
            fact = "mail of the server itself goes to the postmaster"
            return Step(address, "role", fact, ("postmaster",), (following,))
        if domain in self.spec.servers and domain not in self.spec.domains:
            return self._refused(address, ("servers", domain))
        if domain not in self.spec.domains:
            relay = self.spec.relay
            where = f"{relay.host}, which passes it on" if relay else "the servers of its domain"
            path: KeyPath = ("relay",) if relay else ()
            return Step(address, "outside", f"not ours: sent to {where}, for our accounts only", path)
        if canonical != domain:
            following = self.step(f"{local}@{canonical}", depth + 1, asked)
            fact = f"`{domain}` is another name for `{canonical}`"
            return Step(address, "alias-domain", fact, ("domains", domain, "alias_of"), (following,))
        if command := mailing.command(self, address, depth):
            return command
        route = lookup(self.spec, self.table, address)
        detail = local.removeprefix(route.address.partition("@")[0]) if route and route.address != address else ""
        if route and len(detail) > 1 and route.kind not in {"catch-all", "pattern"}:
            following = self.step(route.address, depth + 1, asked)
            return Step(address, "detail", f"`{detail}` travels along as a detail", (), (following,))
        if route is None or (route.kind == "closed" and route.path[0] == "accounts"):
            return self._refused(address, ("domains", domain))
        return self._route(address, route, depth, asked)

    def _route(self, address: str, route: Route, depth: int, asked: bool) -> Step:
        if route.kind in {"forward", "mailbox"}:
            return self._mailbox(route, depth)
        if address in self.passed or depth > _DEPTH:
            return Step(address, route.kind, "as above" if address in self.passed else "and so on", route.path)
        self.passed.add(address)
        if route.kind == "closed":
            return self._closed(address, route, depth)
        if route.kind == "list":
            return self._list(address, route, depth, asked)
        if route.kind == "pattern":
            below = self.step(route.targets[0], depth + 1, asked)
            return Step(address, "pattern", f"matches the pattern `{route.address}`", route.path, (below,))
        if route.path[0] == "aliases":
            return self._alias(address, route, depth, asked)
        following = tuple(self.step(target, depth + 1, asked and route.kind == "alias") for target in route.targets)
        fact = {
            "alias": "alias",
            "catch-all": "no such address, so the catch-all of the domain takes it",
            "role": "the postmaster answers this name in every domain",
        }[route.kind]
        return Step(address, route.kind, fact, route.path, following)

    def _mailbox(self, route: Route, depth: int) -> Step:
        name = str(route.path[1])
        account = self.spec.accounts[name]
        quota = account.quota
        room = f"quota {size(quota)}, then 552 5.2.2" if quota else "no quota"
        fact = f"{'shared mailbox' if account.shared else 'mailbox'} on {self.stores}"
        if account.forward:
            fact = f"{fact}, forwarded too" if account.forward.keep else "forwarded, its mailbox keeps no copy"
        if route.address in self.passed:
            return Step(route.address, route.kind, f"{fact}, as above", route.path)
        self.passed.add(route.address)
        goes_on = account.forward.to if account.forward else ()
        following = self._members(goes_on, (*route.path, "forward", "to"), depth)
        more = [*life.facts(account, route.path), *vacation.facts(self.spec, route.address, account, route.path)]
        more += shared.facts(self, route.address)
        notes = (Fact(room, (*route.path, "quota")), *more)
        return Step(route.address, route.kind, fact, route.path, following, notes)

    def _list(self, address: str, route: Route, depth: int, asked: bool) -> Step:
        entry = self.spec.mailing_lists[route.address]
        # the filter sees the address the sender wrote: a list reached by way of another one asks nobody
        notes = (posting.fact(self, address, route),) if asked else ()
        if entry.is_mailing:
            notes = (*notes, *mailing.facts(self.spec, entry, route.path))
        word = f"{entry.kind} list" if entry.is_mailing else "list"
        fact = f"{word} of {count(self.spec, entry.members, 'member')}"
        members = self._members(entry.members, (*route.path, "members"), depth)
        return Step(address, "list", fact, route.path, members, notes)

    def _alias(self, address: str, route: Route, depth: int, asked: bool = False) -> Step:
        """An alias of no single account; no list among its targets asks who wrote."""
        alias = self.spec.aliases[str(route.path[1])]
        names = alias.to
        fact, kind = f"alias of {count(self.spec, names, 'address')}", "alias"
        if route.kind == "closed":
            fact, kind = f"{fact} that reaches nobody, so mail to it is refused with 550 5.2.1", "closed"
        notes = tuple(life.open_days(alias, route.path))
        if asked and address in self.rules:
            notes = (posting.fact(self, address, route), *notes)
        return Step(address, kind, fact, route.path, self._members(names, (*route.path, "to"), depth), notes)

    def _closed(self, address: str, route: Route, depth: int) -> Step:
        """A list of which nobody can receive, or an alias of one."""
        if route.path[0] == "aliases":
            return self._alias(address, route, depth)
        list_ = self.spec.address(str(route.path[1]))
        if "aliases" in route.path:
            following = self.step(list_, depth + 1)
            fact = "alias of a list that reaches nobody, so mail to it is refused with 550 5.2.1"
            return Step(address, "closed", fact, route.path, (following,))
        entry = self.spec.mailing_lists[list_]
        fact = f"list of {count(self.spec, entry.members, 'member')}"
        fact += " that reaches nobody, so mail to it is refused with 550 5.2.1"
        members = self._members(entry.members, (*route.path, "members"), depth)
        return Step(address, "closed", fact, route.path, members)

    def _members(self, names: tuple[str, ...], path: KeyPath, depth: int) -> tuple[Step, ...]:
        members = []
        for index, name in enumerate(names):
            group = group_of(name)
            step = self._group(group, depth + 1) if group else self._member(self.spec.address(name), depth + 1)
            members.append(replace(step, path=(*path, index)))
        return tuple(members)

    def _group(self, group: str, depth: int) -> Step:
        """The people of a group; a group has no address, so it is a step of the explanation alone."""
        name = f"{GROUP}{group}"
        if name in self.passed:
            return Step(name, "group", "as above")
        self.passed.add(name)
        found = self.spec.group_people[group]
        below = tuple(replace(self._member(address, depth), path=path) for address, path in sorted(found.items()))
        return Step(name, "group", group_fact(found), (), below)

    def _member(self, address: str, depth: int) -> Step:
        here = self.table.get(address)
        if here and here.kind == "closed" and here.path[0] == "accounts":
            return Step(address, "closed", f"{life.closed(self.spec, here)}, receives nothing", here.path)
        return self.step(address, depth, asked=False)

    def _refused(self, address: str, missing: KeyPath) -> Step:
        found = lookup(self.spec, self.table, address)
        if found and found.kind == "closed":
            fact = f"{life.closed(self.spec, found)}: new mail is refused with 550 5.2.1, what it has is kept"
            return Step(address, "closed", fact, found.path)
        fact = f"no such address in `{address.rpartition('@')[2]}`, refused with 550 5.1.1"
        return Step(address, "unknown", fact, missing)
