"""SPF: who else sends mail as a domain, besides our own servers (RFC 7208)."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, collapse_addresses
from typing import TYPE_CHECKING, Annotated

from pydantic import Strict, model_validator

from .network import IpNetwork
from .spec import Clash, Spec, refusal
from .text import DomainName

if TYPE_CHECKING:
    from .domain import MailDomain

LONGEST = 450
"""The most bytes of a record: with other TXT records of its name it still fits into one UDP answer (RFC 7208, 3.4)."""


class Others(StrEnum):
    """What others do with mail that comes from anywhere else."""

    FAIL = "fail"
    SOFTFAIL = "softfail"


class Spf(Spec):
    """Who else sends mail as a domain; whoever is named here can write in the name of each of its addresses."""

    include: Annotated[tuple[DomainName, ...], Strict(False)] = ()
    """The domains whose SPF records name further senders, such as `_spf.example.net`; their operators tell you."""

    addresses: Annotated[tuple[IpNetwork, ...], Strict(False)] = ()
    """The addresses and networks of further senders."""

    policy: Annotated[Others, Strict(False)] = Others.FAIL
    """What others do with mail from anywhere else: `fail` refuses it, `softfail` only makes it suspicious."""

    @property
    def senders(self) -> tuple[str, ...]:
        """The senders as a record names them, each once."""
        ipv4 = collapse_addresses(network for network in self.addresses if isinstance(network, IPv4Network))
        ipv6 = collapse_addresses(network for network in self.addresses if isinstance(network, IPv6Network))
        includes = sorted({f"include:{name}" for name in self.include})
        return (*includes, *(f"ip4:{_short(n)}" for n in ipv4), *(f"ip6:{_short(n)}" for n in ipv6))

    def record(self, own: Iterable[str]) -> str:
        """The record of a domain; `own` is how it names our servers."""
        end = "-all" if self.policy is Others.FAIL else "~all"
        return " ".join(["v=spf1", *own, *self.senders, end])

    @model_validator(mode="after")
    def _record_is_short(self) -> "Spf":
        size = len(self.record(["mx"]))
        if size > LONGEST:
            hint = f"at most {LONGEST} fit everywhere: publish a record of the senders elsewhere, and `include` it"
            raise refusal("too-long", f"an SPF record of {size} bytes", hint)
        return self


def spoken(sender: str) -> str:
    """A sender of a record in words.

    >>> spoken("include:_spf.example.net")
    'the servers of _spf.example.net'
    """
    kind, _, name = sender.partition(":")
    return f"the servers of {name}" if kind == "include" else name


def clashes(spec: "MailDomain") -> Iterator[Clash]:
    """Domains of ours that another one includes: a circle makes both records void."""
    for name, domain in spec.domains.items():
        for index, other in enumerate(domain.spf.include):
            if other in spec.domains:
                fact = f"`{other}` is a domain of ours, whose record names our own servers"
                hint = f"leave it out, and write its other senders to `{name}` as well"
                yield Clash(("domains", name, "spf", "include", index), "own-include", fact, hint)


def _short(network: IPv4Network | IPv6Network) -> str:
    """A network as a record writes it; one address stands without its mask."""
    return str(network.network_address if network.prefixlen == network.max_prefixlen else network)
