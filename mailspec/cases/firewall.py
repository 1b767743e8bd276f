"""Firewall: the open ports are those of the spec."""

from collections.abc import Iterator

from .book import Book
from .case import Case, OpenPorts


def cases(book: Book) -> Iterator[Case]:
    """Every TCP port of every address."""
    expected = frozenset({book.spec.firewall.ssh.port, *book.host.ports})
    for family, addresses in ((4, book.host.ipv4), (6, book.host.ipv6)):
        for address in addresses:
            yield OpenPorts(
                id=f"ports/{address}",
                sentence=f"the open ports of {address} are exactly {', '.join(map(str, sorted(expected)))}",
                family=family,
                address=address,
                ports=expected,
            )
