"""What every case generator asks of a spec: one server, its addresses, and where mail ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..host import Host
from ..model.accounts import Account
from ..model.domain import MailDomain
from ..model.protocols import Protocol
from ..routing import Route, reach, routes
from .case import Expect, Mail, Reaches, Refused

NOBODY = "nobody-has-this-name"
"""A local part that no spec defines."""


@dataclass(frozen=True)
class Book:
    """A spec as the generators read it, its days of work left out: `spec.on` has looked at them."""

    spec: MailDomain

    @cached_property
    def host(self) -> Host:
        """The server under test."""
        return Host(self.spec, next(iter(self.spec.servers)))

    @cached_property
    def routes(self) -> dict[str, Route]:
        """Every address that receives mail."""
        return routes(self.spec)

    @property
    def families(self) -> list[int]:
        """The IP versions of the server."""
        return [version for version, found in ((4, self.host.ipv4), (6, self.host.ipv6)) if found]

    def family(self, number: int) -> int:
        """One of the families; consecutive numbers take turns."""
        return self.families[number % len(self.families)]

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """The accounts by address, sorted."""
        return dict(sorted(self.spec.mailboxes.items()))

    @cached_property
    def receivers(self) -> dict[str, Account]:
        """The accounts that take mail and keep it."""
        return {login: account for login, account in self.accounts.items() if account.keeps}

    @cached_property
    def senders(self) -> dict[str, Account]:
        """The accounts that can send."""
        return {login: account for login, account in self.accounts.items() if account.can_send}

    @cached_property
    def readers(self) -> dict[str, Account]:
        """The accounts that take mail and read it by IMAP."""
        return {login: a for login, a in self.receivers.items() if a.can_log_in_by(Protocol.IMAP)}

    @cached_property
    def users(self) -> dict[str, Account]:
        """The accounts that do everything an account can."""
        return {login: account for login, account in self.readers.items() if account.can_send}

    @cached_property
    def scripted(self) -> frozenset[str]:
        """The accounts whose mail a script of the spec may file elsewhere."""
        names = {script.name for script in self.spec.scripts}
        return frozenset(login for login in self.accounts if names & {login, login.partition("@")[2]})

    @cached_property
    def own_domains(self) -> list[str]:
        """The domains that hold mailboxes."""
        return sorted(name for name, domain in self.spec.domains.items() if not domain.alias_of)

    def names_of(self, address: str) -> list[str]:
        """An address in its own domain and in each domain alias of that."""
        local, _, domain = address.partition("@")
        return [f"{local}@{name}" for name in sorted(self.spec.domains) if self.spec.canonical(name) == domain]

    def reach(self, address: str) -> frozenset[str]:
        """Where mail for an address ends."""
        return reach(self.spec, self.routes, address)

    def delivery(self, address: str) -> Expect:
        """What a stranger's mail for an address shall do."""
        ends = self.reach(address)
        return Reaches(ends) if ends else Refused((550,), ("RCPT",))

    def reaches(self, kind: str, address: str, number: int = 0) -> Mail:
        """The case that a stranger's mail for an address goes where the spec says."""
        expect = self.delivery(address)
        verb = f"reaches {', '.join(sorted(expect.ends))}" if isinstance(expect, Reaches) else "is refused in session"
        sentence = f"mail to {address} {verb}"
        return Mail(id=f"{kind}/{address}", sentence=sentence, to=(address,), expect=expect, family=self.family(number))


Cases = Iterator[Mail]
