"""SPF: which servers may send mail for a name (RFC 7208).

`mx` instead of addresses: when a server moves, its own records are the only ones to change.
"""

from collections.abc import Iterator

from ..model.domain import MailDomain
from ..model.servers import Role
from .record import Record, txt


def records(spec: MailDomain) -> Iterator[Record]:
    """One record for each domain, and one for the name each server greets with."""
    also = [f"a:{name}" for name, server in spec.servers.items() if Role.MX not in server.roles]
    for name, domain in spec.domains.items():
        reason = f"Only our servers send mail from {name}."
        if domain.spf.senders:
            reason = f"Our servers send mail from {name}, and those of others that are named here."
        yield txt(name, domain.spf.record(["mx", *sorted(also)]), reason)
    for name in spec.servers:
        if name not in spec.domains:
            yield txt(name, "v=spf1 a -all", f"Bounces carry no sender but {name}, and only it sends them.")
