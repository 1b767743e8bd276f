"""TLS: versions, certificates, and no login without it (RFC 8314, RFC 8997)."""

from collections.abc import Iterator

from .accounts import PROTOCOLS
from .book import Book
from .case import Case, PlainText, Tls

_VERSIONS = {"TLSv1": False, "TLSv1.1": False, "TLSv1.2": True, "TLSv1.3": True}


def cases(book: Book) -> Iterator[Case]:
    """Every port that speaks TLS."""
    for port in book.host.ports:
        protocol = "https" if port == 443 else PROTOCOLS.get(port, "smtp")
        for version, accepted in _VERSIONS.items():
            verb = f"answers {version} as {book.host.name}" if accepted else f"refuses {version}"
            yield Tls(
                id=f"tls/{port}/{version}",
                sentence=f"port {port} {verb}",
                protocol=protocol,
                port=port,
                version=version,
                accepted=accepted,
            )
        if protocol != "https":  # nobody logs in there
            yield PlainText(
                id=f"plain-text/{port}",
                sentence=f"port {port} takes no login without TLS",
                protocol=protocol,
                port=port,
            )
