"""DKIM: the public keys that prove our signatures (RFC 6376, RFC 8301, RFC 8463)."""

from collections.abc import Iterator

from ..model.domain import MailDomain
from .record import Record, txt


def records(spec: MailDomain) -> Iterator[Record]:
    """One record for each domain and selector; an alias domain publishes the keys of the domain it stands for."""
    for domain in spec.domains:
        for selector, key in spec.dkim_keys(domain).items():
            value = f"v=DKIM1; h=sha256; k={key.algorithm.value}; p={key.public}"
            yield txt(
                f"{selector}._domainkey.{domain}", value, f"Proves the {key.algorithm.value} signatures of {domain}."
            )
