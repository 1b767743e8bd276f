"""Zone files (RFC 1035, 5): names in full, so that a file, or one line of it, means the same anywhere.

Pure, so the serial is a constant: nobody who knows only the spec knows the last one that was published. Whoever serves
the file directly gives `serial`; providers and octoDNS count themselves. The same goes for the name servers.
"""

from collections.abc import Iterable, Sequence

from ..model import web
from ..model.domain import MailDomain
from . import reverse
from .record import TTL, Record
from .registry import records

NAMESERVERS = ("ns.invalid",)
"""Stands where the spec can not know the name servers (RFC 2606)."""


def zone_names(spec: MailDomain) -> list[str]:
    """The zones that hold every record: the domains and whatever is outside of them; what is below one is in it."""
    names = {*spec.domains, *(name for server in spec.servers for name in web.hosts(spec, server))}
    return sorted(name for name in names if not any(name.endswith(f".{other}") for other in names))


def zone(spec: MailDomain, domain: str, *, nameservers: Sequence[str] = NAMESERVERS, serial: int = 1) -> str:
    """The file of one zone; `domain` is one of `zone_names`."""
    return zones(spec, nameservers=nameservers, serial=serial)[domain]


def zones(spec: MailDomain, *, nameservers: Sequence[str] = NAMESERVERS, serial: int = 1) -> dict[str, str]:
    """The file of each zone, by name."""
    found: dict[str, list[Record]] = {name: [] for name in zone_names(spec)}
    for record in records(spec):
        for name in found:
            if record.name == name or record.name.endswith(f".{name}"):
                found[name].append(record)
    return {name: _file(spec, name, entries, nameservers, serial) for name, entries in found.items()}


def reverse_zones(spec: MailDomain, *, nameservers: Sequence[str] = NAMESERVERS, serial: int = 1) -> dict[str, str]:
    """The files of the reverse zones, a /24 of IPv4 and a /64 of IPv6 each, by name."""
    found: dict[str, list[Record]] = {}
    for record in sorted(reverse.records(spec), key=lambda record: record.order):
        found.setdefault(reverse_zone(record.name), []).append(record)
    return {name: _file(spec, name, entries, nameservers, serial) for name, entries in sorted(found.items())}


def reverse_zone(name: str) -> str:
    """The reverse zone that holds a PTR record."""
    labels = name.split(".")
    return ".".join(labels[16:] if name.endswith(".ip6.arpa") else labels[1:])


def _file(spec: MailDomain, name: str, records: Iterable[Record], nameservers: Sequence[str], serial: int) -> str:
    contact = f"hostmaster.{spec.main_domain}."
    lines = [
        f"; {name}: written by mailspec from the spec",
        f"$TTL {TTL}",
        f"{name}. IN SOA {nameservers[0]}. {contact} {serial} 7200 3600 1209600 {TTL}",
        *(f"{name}. IN NS {server}." for server in nameservers),
    ]
    for record in records:
        lines += ["", f"; {record.reason}"]
        lines += [f"{record.name}. {record.ttl} IN {record.type} {value}" for value in record.values]
    return "\n".join(lines) + "\n"
