"""A DNS record set and the reason it is there (RFC 1035)."""

from collections.abc import Iterable
from dataclasses import dataclass

import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rdtypes.ANY.TXT

TTL = 3600
"""How long others may keep a record: a server can move within a day, and nobody asks all day."""

_STRING = 255
"""The most bytes one string of a TXT record holds."""


@dataclass(frozen=True)
class Record:
    """Every value of one name and type."""

    name: str
    """The full name, without the final dot."""
    type: str
    values: tuple[str, ...]
    """The data as a zone file writes it, sorted."""
    reason: str
    """One sentence for the person who publishes it."""
    ttl: int = TTL

    @property
    def order(self) -> tuple[list[str], str]:
        """Sorts a domain before the names below it."""
        return self.name.split(".")[::-1], self.type


def record(name: str, kind: str, values: Iterable[str], reason: str) -> Record:
    """A record set; refuses data that is not valid for its type."""
    data = (dns.rdata.from_text(dns.rdataclass.IN, kind, value) for value in values)
    return Record(name, kind, tuple(sorted(entry.to_text() for entry in data)), reason)


def txt(name: str, value: str, reason: str) -> Record:
    """A TXT record: the value in quotes, in strings of at most 255 bytes that readers join again."""
    data = value.encode()
    strings = [data[at : at + _STRING] for at in range(0, len(data), _STRING)]
    entry = dns.rdtypes.ANY.TXT.TXT(dns.rdataclass.IN, dns.rdatatype.TXT, strings or [b""])
    return Record(name, "TXT", (entry.to_text(),), reason)
