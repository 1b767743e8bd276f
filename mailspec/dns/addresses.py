"""A and AAAA: the addresses of the servers (RFC 1035, RFC 3596)."""

from collections.abc import Iterator

from ..model.domain import MailDomain
from ..model.web import hosts
from .record import Record, record


def records(spec: MailDomain) -> Iterator[Record]:
    """One set for each server and address family, and the same for the name of its web service."""
    for name, server in spec.servers.items():
        for kind, version in (("A", 4), ("AAAA", 6)):
            found = [str(address) for address in server.addresses if address.version == version]
            for host in hosts(spec, name) if found else ():
                yield record(host, kind, found, f"Where {host} is reached over IPv{version}.")
