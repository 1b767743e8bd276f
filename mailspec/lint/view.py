"""What rules look at: the model, and what several of them need of it, computed once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from cryptography import x509

from ..model.accounts import Account
from ..model.domain import MailDomain
from ..model.domains import ROLE_NAMES
from ..model.lists import List
from ..problem import KeyPath
from ..routing import Route, Rule, ends, routes, ruled, speakers

_NAMED = {"accounts", "aliases", "lists"}
"""The parts of the spec that define addresses."""


class Outsider(NamedTuple):
    """An address of somebody else that a list names, itself or by a group."""

    address: str
    path: KeyPath


@dataclass(frozen=True)
class View:
    """A mail domain, read for rules. Each of its parts takes one pass over the spec."""

    spec: MailDomain
    schemes: Mapping[str, str] = field(default_factory=dict)
    """The scheme of each password hash by the name of its secret; empty while the vault stays closed."""
    day: date | None = None
    """The day to judge for; None when nobody has named one, since the spec alone knows no calendar."""
    unused: tuple[str, ...] = ()
    """The silences that match nothing; known after all other rules have spoken."""

    @cached_property
    def routes(self) -> dict[str, Route]:
        """Where each address leads."""
        return routes(self.spec)

    @cached_property
    def lists(self) -> dict[str, tuple[str, List]]:
        """The lists by their full addresses, aliases too, each with its key in the spec."""
        spec = self.spec
        return {spec.address(name): (key, entry) for key, entry in spec.lists.items() for name in (key, *entry.aliases)}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The lists and aliases that not everybody may write to."""
        return tuple(ruled(self.spec))

    @cached_property
    def accounts(self) -> dict[str, str]:
        """The addresses of accounts, each with the account."""
        spec = self.spec
        return {spec.address(name): key for key, account in spec.accounts.items() for name in (key, *account.aliases)}

    def account(self, name: str) -> Account | None:
        """The account that has an address."""
        key = self.accounts.get(self.spec.address(name))
        return self.spec.accounts[key] if key else None

    @cached_property
    def outsiders(self) -> tuple[Outsider, ...]:
        """The members and moderators that are not ours."""
        found = []
        for key, entry in self.spec.lists.items():
            for word, names in entry.named:
                for index, name in self.spec.people(names):
                    if not self.spec.is_ours(name):
                        found.append(Outsider(name, ("lists", key, word, index)))
        return tuple(found)

    @cached_property
    def groups(self) -> dict[str, KeyPath]:
        """The groups, each with the place that makes it: its definition, or else the first account that names it."""
        found: dict[str, KeyPath] = {name: ("groups", name) for name in self.spec.groups}
        for name, account in self.spec.accounts.items():
            for index, group in enumerate(account.groups):
                found.setdefault(group, ("accounts", name, "groups", index))
        return found

    @cached_property
    def chains(self) -> dict[str, list[x509.Certificate]]:
        """The certificates of each server, its own first."""
        found = self.spec.tls.certificates.items()
        return {
            name: x509.load_pem_x509_certificates(chain.encode()) for name, chain in found if name in self.spec.servers
        }

    def ends(self, address: str) -> Iterator[str]:
        """The mailboxes and external addresses that mail for an address ends in, one by one."""
        return ends(self.spec, self.routes, address)

    def speakers(self, name: str) -> frozenset[str]:
        """Who speaks for an address on a list."""
        return speakers(self.spec, self.routes, self.spec.address(name))

    def owner(self, name: str) -> tuple[str, str] | None:
        """The part of the spec (`accounts`, `aliases` or `lists`) and the key that an address belongs to."""
        route = self.routes.get(self.spec.address(name))
        return (str(route.path[0]), str(route.path[1])) if route and route.path[0] in _NAMED else None

    @cached_property
    def named(self) -> list[Route]:
        """Every address of an account, list or alias; the first two steps of its path say to which one it belongs."""
        return [route for route in self.routes.values() if route.path[0] in _NAMED and not route.is_pattern]

    def roles(self) -> Iterator[Route]:
        """The role names of each domain (RFC 2142) that a list or alias answers."""
        for domain in self.spec.domains:
            for name in ROLE_NAMES:
                route = self.routes.get(f"{name}@{domain}")
                if route and route.path[0] in {"aliases", "lists"}:
                    yield route

    def written(self, path: KeyPath) -> str:
        """An address as the spec writes it at a path."""
        here: Any = self.spec.accounts if path[0] == "accounts" else self.spec.lists
        return str(here[path[1]].aliases[path[3]] if path[2:3] == ("aliases",) else path[1])

    def subject(self, path: KeyPath) -> str:
        """What a part of the spec is about: an address, a domain, a server, or the key itself."""
        section, name = str(path[0]), str(path[1]) if len(path) > 1 else ""
        if name and section in _NAMED:
            return self.spec.address(name)
        if name and section in {"dkim", "domains", "groups", "servers"}:
            return name
        if path[:2] == ("tls", "certificates") and len(path) > 2:
            return str(path[2])
        return ".".join(str(step) for step in path if isinstance(step, str))
