"""Where each address of a spec is defined: found out as far as somebody asks, since there may be very many."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from ..problem import KeyPath
from .spec import Clash

if TYPE_CHECKING:
    from .domain import MailDomain


class Defined:
    """The addresses of accounts, lists and aliases, each with the part of the spec that defines it."""

    def __init__(self, spec: "MailDomain") -> None:
        self._spec = spec

    def __contains__(self, address: str) -> bool:
        return self.get(address) is not None

    def get(self, address: str) -> KeyPath | None:
        """Where a full address is defined, if it is."""
        spec = self._spec
        local, _, domain = address.partition("@")
        for name in (address, local) if domain == spec.holders[""] else (address,):
            for section, entries in (("accounts", spec.accounts), ("lists", spec.lists), ("aliases", spec.aliases)):
                if name in entries:
                    return section, name
        return self._all.get(address)

    @cached_property
    def _all(self) -> dict[str, KeyPath]:
        found: dict[str, KeyPath] = {}
        for name, path in self._named():
            found.setdefault(self._spec.address(name), path)
        return found

    def _named(self) -> Iterator[tuple[str, KeyPath]]:
        """Every name, with its place."""
        spec = self._spec
        for name, account in spec.accounts.items():
            yield name, ("accounts", name)
            for index, alias in enumerate(account.aliases):
                yield alias, ("accounts", name, "aliases", index)
        for name, entry in spec.lists.items():
            yield name, ("lists", name)
            for index, alias in enumerate(entry.aliases):
                yield alias, ("lists", name, "aliases", index)
        for name in spec.aliases:
            yield name, ("aliases", name)

    @property
    def _is_plain(self) -> bool:
        """Whether all names are short ones, and none is there twice."""
        spec = self._spec
        names = [*spec.accounts, *spec.lists, *spec.aliases]
        names += chain.from_iterable(account.aliases for account in spec.accounts.values())
        names += chain.from_iterable(entry.aliases for entry in spec.lists.values())
        return len(set(names)) == len(names) and "@" not in "".join(names)

    def clashes(self) -> Iterator[Clash]:
        """Addresses that are not ours, or have two meanings."""
        if self._is_plain:
            return
        for name, path in self._named():
            address = self._spec.address(name)
            is_ours = "@" not in name or self._spec.is_ours(address)
            if not is_ours:
                hint = "add the domain, or use an address of one we hold"
                yield Clash(path, "unknown-domain", f"`{name}` is in a domain that is not ours", hint)
            if self._all[address] != path and is_ours:
                other = ".".join(map(str, self._all[address]))
                hint = "an address has one meaning: rename one, or make a list of both"
                yield Clash(path, "address-twice", f"`{address}` is already defined at `{other}`", hint)
