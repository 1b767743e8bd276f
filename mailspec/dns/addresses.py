"""A and AAAA: the addresses of the servers (RFC 1035, RFC 3596)."""

from collections.abc import Iterator

from ..model.domain import MailDomain
from .record import Record, record


def records(spec: MailDomain) -> Iterator[Record]:
    """One set for each server and address family."""
    for name, server in spec.servers.items():
        for kind, version in (("A", 4), ("AAAA", 6)):
            found = [str(address) for address in server.addresses if address.version == version]
            if found:
                yield record(name, kind, found, f"Where {name} is reached over IPv{version}.")
