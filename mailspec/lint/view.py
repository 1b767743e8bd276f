"""What rules look at: the model, and what several of them need of it, computed once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from cryptography import x509

from ..model.accounts import Account
from ..model.domain import MailDomain
from ..model.lists import List
from ..problem import KeyPath
from ..routing import Route, ends, routes


class Named(NamedTuple):
    """An address that the spec defines."""

    address: str
    written: str
    section: str
    """`accounts` or `lists`."""
    key: str
    """The account or list it belongs to, as written."""
    path: KeyPath


class Outsider(NamedTuple):
    """An address of somebody else that a list names."""

    address: str
    path: KeyPath


@dataclass(frozen=True)
class View:
    """A mail domain, read for rules. Each of its parts takes one pass over the spec."""

    spec: MailDomain
    schemes: Mapping[str, str] = field(default_factory=dict)
    """The scheme of each password hash by the name of its secret; empty while the vault stays closed."""
    unused: tuple[str, ...] = ()
    """The silences that match nothing; known after all other rules have spoken."""

    @cached_property
    def routes(self) -> dict[str, Route]:
        """Where each address leads."""
        return routes(self.spec)

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """Every address of an account or list, with its place."""
        return tuple(self._names())

    @cached_property
    def owners(self) -> dict[str, tuple[str, str]]:
        """The part of the spec (`accounts` or `lists`) and the key that each address belongs to."""
        return {named.address: (named.section, named.key) for named in self.names}

    @cached_property
    def lists(self) -> dict[str, tuple[str, List]]:
        """The lists by their full addresses, aliases too, each with its key in the spec."""
        spec = self.spec
        return {spec.address(name): (key, entry) for key, entry in spec.lists.items() for name in (key, *entry.aliases)}

    @cached_property
    def disabled(self) -> dict[str, str]:
        """The addresses of disabled accounts, each with the account."""
        return {
            self.spec.address(name): key
            for key, account in self.spec.accounts.items()
            if not account.enabled
            for name in (key, *account.aliases)
        }

    @cached_property
    def outsiders(self) -> tuple[Outsider, ...]:
        """The members and moderators that are not ours."""
        found = []
        for key, entry in self.spec.lists.items():
            for word, names in (("members", entry.members), ("moderators", entry.moderators)):
                for index, name in enumerate(names):
                    if "@" in name and not self.spec.is_ours(name):
                        found.append(Outsider(name, ("lists", key, word, index)))
        return tuple(found)

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

    def subject(self, path: KeyPath) -> str:
        """What a part of the spec is about: an address, a domain, a server, or the key itself."""
        section, name = str(path[0]), str(path[1]) if len(path) > 1 else ""
        if name and section in {"accounts", "lists"}:
            return self.spec.address(name)
        if name and section in {"dkim", "domains", "servers"}:
            return name
        if path[:2] == ("tls", "certificates") and len(path) > 2:
            return str(path[2])
        return ".".join(str(step) for step in path if isinstance(step, str))

    def _names(self) -> Iterator[Named]:
        address = self.spec.address
        entries: Iterator[tuple[str, str, Account | List]] = chain(
            (("accounts", key, account) for key, account in self.spec.accounts.items()),
            (("lists", key, entry) for key, entry in self.spec.lists.items()),
        )
        for section, key, entry in entries:
            yield Named(address(key), key, section, key, (section, key))
            for index, alias in enumerate(entry.aliases):
                yield Named(address(alias), alias, section, key, (section, key, "aliases", index))
