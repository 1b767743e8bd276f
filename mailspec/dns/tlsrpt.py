"""TLSRPT: where others report that they could not reach us over TLS (RFC 8460)."""

from collections.abc import Iterator

from ..model.domain import MailDomain
from .record import Record, txt


def records(spec: MailDomain) -> Iterator[Record]:
    """One record for each domain."""
    for domain in spec.domains:
        value = f"v=TLSRPTv1; rua=mailto:tls-reports@{domain}"
        yield txt(f"_smtp._tls.{domain}", value, f"Others report TLS failures on the way to {domain}.")
