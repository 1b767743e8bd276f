"""Every record type mailspec publishes."""

from ..model.domain import MailDomain
from . import addresses, dkim, dmarc, mta_sts, mx, reverse, spf, srv, tlsrpt
from .record import Record

TYPES = (addresses, dkim, dmarc, mta_sts, mx, reverse, spf, srv, tlsrpt)


def records(spec: MailDomain) -> list[Record]:
    """Every record the domain needs, in the order of DNS: a domain first, then what is below it."""
    found = [record for module in TYPES for record in module.records(spec)]
    return sorted(found, key=lambda record: record.order)
