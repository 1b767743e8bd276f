"""A mail domain: the table of contents of the spec."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, Strict, ValidationInfo, model_validator

from .accounts import Account
from .acknowledge import Acknowledge
from .aliases import Alias
from .clashes import clashes
from .dkim import DkimKey
from .domains import Domain
from .drift import Drift
from .firewall import Firewall
from .groups import Group, People, people
from .hand_edits import HandEdits
from .limits import Limits
from .lint import Lint
from .lists import List
from .local import Local
from .relay import Relay
from .resolver import Resolver
from .retention import Retention
from .servers import Server
from .sieve import Script, ScriptPath, ScriptText, scripts
from .spam import Spam
from .spec import ClashError, Spec, distinct
from .text import DomainName, GroupName, MailboxName, Selector, domain_name, group_name, group_of, mailbox_name
from .tls import Tls

MEANWHILE = "meanwhile"
"""What a validation calls, if its context has it, with a domain whose parts may still not fit together."""


def _whole(value: Any) -> Any:
    """A value that no `Literal` number takes, unless it is a whole number: `True` and `1.0` equal 1."""
    return value if type(value) is int else str(value)


class _Addresses(dict[str, str]):
    """The full address of each name, once asked for; there are many, and most are asked for more than once."""

    def __init__(self, holders: dict[str, str]) -> None:
        super().__init__()
        self._holders = holders

    def __missing__(self, name: str) -> str:
        local, _, domain = name.partition("@")
        address = self[name] = f"{local}@{self._holders.get(domain, domain)}"
        return address


class MailDomain(Spec):
    """Everything mailspec knows about the mail of an organisation."""

    mailspec: Annotated[Literal[1], BeforeValidator(_whole)]
    """The version of this format."""

    postmaster: MailboxName
    """The account that receives postmaster, abuse and the other RFC 2142 names of every domain."""

    default_domain: DomainName | None = None
    """The domain of names without `@`; needed as soon as there are several."""

    domains: Annotated[dict[DomainName, Domain], distinct(domain_name)] = Field(min_length=1)
    """The domains, by name."""

    servers: Annotated[dict[DomainName, Server], distinct(domain_name)] = Field(min_length=1)
    """The hosts, by full name."""

    accounts: Annotated[dict[MailboxName, Account], distinct(mailbox_name)] = Field(min_length=1)
    """The people and services with a mailbox, by address."""

    lists: Annotated[dict[MailboxName, List], distinct(mailbox_name)] = {}
    """The distribution lists, by address."""

    aliases: Annotated[dict[MailboxName, Alias], distinct(mailbox_name)] = {}
    """The addresses that belong to no single account."""

    groups: Annotated[dict[GroupName, Group], distinct(group_name)] = {}
    """The groups that are more than a name on some accounts, by name."""

    dkim: Annotated[dict[DomainName, dict[Selector, DkimKey]], distinct(domain_name)] = {}
    """The signing keys, by domain and selector; an alias domain signs with those of the domain it stands for."""

    spam: Spam = Spam()
    """What is refused, marked and delayed."""

    tls: Tls = Tls()
    """The certificates."""

    retention: Retention = Retention()
    """How long things are kept."""

    relay: Relay | None = None
    """The server of somebody else that takes all mail to the outside; without it our servers deliver themselves."""

    resolver: Resolver = Resolver()
    """How the servers find names."""

    firewall: Firewall = Firewall()
    """Who reaches the servers besides mail."""

    limits: Limits = Limits()
    """Limits that hold for everybody."""

    acknowledge: Acknowledge = {}
    """The reasons for dangers that `mailspec plan` names; each counts for the change that brings it."""

    drift: Drift = Drift()
    """Which foreign things on a server are welcome."""

    hand_edits: Annotated[HandEdits, Strict(False)] = HandEdits.STOP
    """What a converge does about managed files changed by hand: `stop` before any change, or `replace` them."""

    lint: Lint = Lint()
    """What is legal, not wise, and meant all the same."""

    local: Local = Local()
    """What the spec has no word for."""

    sieve: dict[ScriptPath, ScriptText] = {}
    """The Sieve scripts by path; the files `sieve/*.sieve` beside the spec are the usual place."""

    @model_validator(mode="after")
    def _parts_fit_together(self, info: ValidationInfo) -> "MailDomain":
        if meanwhile := (info.context or {}).get(MEANWHILE):
            meanwhile(self)
        if found := clashes(self):
            raise ClashError(found)
        return self

    def on(self, day: date) -> "MailDomain":
        """The domain as it is on a day: who is not at work is archived, an alias out of its days shut."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        accounts = {name: account.on(day) for name, account in self.accounts.items()}
        aliases = {name: alias.on(day) for name, alias in self.aliases.items()}
        return self.model_construct(**{**parts, "accounts": accounts, "aliases": aliases})

    @cached_property
    def main_domain(self) -> str:
        """The domain of names without `@`; empty when the spec does not say."""
        if self.default_domain:
            return self.default_domain
        own = [name for name, domain in self.domains.items() if not domain.alias_of]
        return own[0] if len(own) == 1 else ""

    @cached_property
    def holders(self) -> dict[str, str]:
        """The domain that really holds the addresses of each of ours, and under "" of short names."""
        holders = {name: domain.alias_of or name for name, domain in self.domains.items()}
        return {**holders, "": holders.get(self.main_domain, self.main_domain)}

    def canonical(self, domain: str) -> str:
        """The domain itself, or the one it is an alias of."""
        return self.holders.get(domain, domain) if domain else domain

    @cached_property
    def address(self) -> Callable[[str], str]:
        """The full address of a name in the spec, in the domain that really holds it."""
        known, home = _Addresses(self.holders), self.holders[""]
        names = chain(self.accounts, *(account.aliases for account in self.accounts.values()))
        known |= {name: f"{name}@{home}" for name in names if "@" not in name}  # most of them, in one go
        return known.__getitem__

    def is_ours(self, address: str) -> bool:
        """Whether we receive mail for the domain of a full address."""
        return address.partition("@")[2] in self.domains

    @cached_property
    def mailboxes(self) -> dict[str, Account]:
        """The accounts by full address."""
        return {self.address(name): account for name, account in self.accounts.items()}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """The name each renamed account had, by the one it has."""
        return {name: account.renamed_from for name, account in self.accounts.items() if account.renamed_from}

    @cached_property
    def mailing_lists(self) -> dict[str, List]:
        """The lists by full address."""
        return {self.address(name): entry for name, entry in self.lists.items()}

    def __copy__(self) -> Self:
        """A copy, which `model_copy` gives other values: it computes anew what this one has computed."""
        copy = super().__copy__()
        for name in copy.__dict__.keys() - MailDomain.model_fields.keys():
            del copy.__dict__[name]
        return copy

    @cached_property
    def computed(self) -> dict[str, Any]:
        """What other modules have made of it, each under a name of its own, so that it is made once."""
        return {}

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """The Sieve scripts of the domains and accounts, each with whose mail it sees."""
        return scripts(self)

    @cached_property
    def group_people(self) -> dict[str, People]:
        """The people of each group, by its name."""
        return people(self)

    def people(self, names: Iterable[str]) -> Iterator[tuple[int, str]]:
        """The full address of everybody whom names stand for, with the position of the name; groups are written out."""
        for index, name in enumerate(names):
            if group := group_of(name):
                for address in self.group_people[group]:
                    yield index, address
            else:
                yield index, self.address(name)

    def dkim_keys(self, domain: str) -> dict[str, DkimKey]:
        """The keys that sign mail from a domain, by selector."""
        return self.dkim.get(domain) or self.dkim.get(self.canonical(domain), {})
