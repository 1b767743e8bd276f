"""Facts: what a mail domain does, as values that two specs can be compared by."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..host import Host
from ..model.domain import MailDomain
from ..problem import KeyPath
from ..routing import Route, Rule, posters, reach, routes, senders
from .risk import judged
from .statement import Statement

FactKey = tuple[str, ...]
"""The kind of a fact, and what it is about."""


@dataclass(frozen=True)
class Fact:
    """One thing a mail domain does, and the part of the spec that says so."""

    value: Hashable
    path: KeyPath = field(default=(), compare=False)


Facts = dict[FactKey, Fact]


class View:
    """A spec with what follows from it, worked out once.

    `renamed` names accounts that the other spec calls otherwise: as mailboxes and logins they have its names here too.
    """

    def __init__(self, spec: MailDomain, renamed: Mapping[str, str] | None = None) -> None:
        self.spec = spec
        self.renamed = renamed or {}
        self.mailboxes = {self.login(address): account for address, account in spec.mailboxes.items()}
        self.table = routes(spec)
        self.hosts = {name: Host(spec, name) for name in sorted(spec.servers)}
        self._ends: dict[str, frozenset[str]] = {}
        self._posters: dict[str, frozenset[str]] = {}

    def login(self, address: str) -> str:
        """What an account is called in both specs, or the address itself."""
        return self.renamed.get(address, address)

    def own_address(self, login: str) -> str:
        """The address that an account has in this spec."""
        return next((old for old, new in self.renamed.items() if new == login), login)

    def ends(self, address: str) -> frozenset[str]:
        """The mailboxes and external addresses that mail for an address reaches; empty when it is refused."""
        if address not in self._ends:
            found = reach(self.spec, self.table, address) if self.spec.is_ours(address) else frozenset()
            self._ends[address] = frozenset(map(self.login, found))
        return self._ends[address]

    def posters(self, rule: Rule) -> frozenset[str]:
        """Who may post to a list or alias."""
        if rule.address not in self._posters:
            self._posters[rule.address] = frozenset(map(self.login, posters(self.spec, self.table, rule.entry)))
        return self._posters[rule.address]

    def route(self, address: str) -> Route | None:
        """The entry of an address itself."""
        return self.table.get(address)

    @cached_property
    def senders(self) -> dict[str, frozenset[str]]:
        """The logins that may send as an address."""
        found: dict[str, set[str]] = {}
        for address, login in senders(self.spec, self.table):
            found.setdefault(address, set()).add(self.login(login))
        return {address: frozenset(logins) for address, logins in found.items()}

    @cached_property
    def own_domains(self) -> frozenset[str]:
        """The domains that hold mailboxes."""
        return frozenset(name for name, domain in self.spec.domains.items() if not domain.alias_of)

    def receives(self, login: str) -> bool:
        """Whether an address is an account that takes mail."""
        account = self.mailboxes.get(login)
        return account is not None and account.receives

    def sends(self, login: str) -> bool:
        """Whether an address is an account that can send."""
        account = self.mailboxes.get(login)
        return account is not None and account.can_send


@dataclass(frozen=True)
class Said:
    """A statement, and where the spec says so: in the new one, or in the base for what has gone."""

    statement: Statement
    path: KeyPath
    of_base: bool


@dataclass(frozen=True)
class Difference:
    """A fact that is not the same before and after."""

    key: FactKey
    old: Fact | None
    new: Fact | None

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.key[1]

    @property
    def sign(self) -> str:
        """`+` for a new fact, `-` for one that has gone, `~` for one that changes."""
        return "~" if self.old and self.new else ("+" if self.new else "-")

    def says(self, kind: str, case: str, subject: str, text: str) -> Said:
        """The statement it leads to; `case` is the sign, and a word where the risk depends on more."""
        fact = self.new or self.old or Fact(None)
        return Said(judged(kind, case, subject, text), fact.path, self.new is None)


class Change:
    """Two views and the facts of both."""

    def __init__(self, before: View, after: View, old: Facts, new: Facts) -> None:
        self.before, self.after = before, after
        self.old, self.new = old, new
        self._differences: dict[str, list[Difference]] = {}
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                found = Difference(key, old.get(key), new.get(key))
                self._differences.setdefault(key[0], []).append(found)

    def of(self, kind: str) -> Iterator[Difference]:
        """The differences of one kind of fact, sorted by subject."""
        yield from self._differences.get(kind, ())

    def added_domains(self) -> frozenset[str]:
        """The domains that mail was not received for."""
        return frozenset(self.after.spec.domains) - frozenset(self.before.spec.domains)

    def removed_domains(self) -> frozenset[str]:
        """The domains that mail is no longer received for."""
        return frozenset(self.before.spec.domains) - frozenset(self.after.spec.domains)

    def has_both(self, server: str) -> bool:
        """Whether a server stands in both specs, so that its parts are worth a word of their own."""
        return server in self.before.hosts and server in self.after.hosts
