"""MX: which servers receive mail for a domain (RFC 5321, 5.1)."""

from collections.abc import Iterator

from ..model.domain import MailDomain
from ..model.servers import Role
from .record import Record, record


def records(spec: MailDomain) -> Iterator[Record]:
    """One set for each domain; all servers have the same preference, so that they share the load."""
    servers = [f"10 {name}." for name, server in spec.servers.items() if Role.MX in server.roles]
    for domain in spec.domains:
        yield record(domain, "MX", servers, f"Mail for {domain} goes here.")
