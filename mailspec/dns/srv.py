"""SRV: where mail programs find submission, IMAP, POP3 and ManageSieve (RFC 6186, RFC 8314, RFC 5804).

A target of `.` says that a service does not exist, so that no program tries it without TLS.
"""

from collections.abc import Iterator

from ..host import Host
from ..model.domain import MailDomain
from .record import Record, record

_SERVICES = (
    ("imap", 143, 0),
    ("imaps", 993, 0),
    ("pop3", 110, 10),
    ("pop3s", 995, 10),
    ("sieve", 4190, 0),
    ("submission", 587, 10),
    ("submissions", 465, 0),
)
"""Name, port and priority; a lower priority is preferred: IMAP to POP3, TLS from the start to STARTTLS."""


def records(spec: MailDomain) -> Iterator[Record]:
    """One set for each domain and service."""
    ports = {name: Host(spec, name).ports for name in spec.servers}
    for domain in spec.domains:
        for service, port, priority in _SERVICES:
            values = [f"{priority} 1 {port} {name}." for name, served in ports.items() if port in served]
            reason = f"Mail programs find {service} here." if values else f"{domain} does not offer {service}."
            yield record(f"_{service}._tcp.{domain}", "SRV", values or ["0 0 0 ."], reason)
