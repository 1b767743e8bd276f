"""Networks so large that strangers among them send as a domain."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_SHORTEST = {4: 16, 6: 32}
"""The shortest mask that still names one organisation."""


def check(view: View) -> Iterator[Advice]:
    """Senders that are nearly everybody."""
    for name, domain in view.spec.domains.items():
        for index, network in enumerate(domain.spf.addresses):
            if network.prefixlen < _SHORTEST[network.version]:
                fact = f"`{network}` lets a large part of the world send as `{name}`, and DMARC believe it"
                yield Advice(("domains", name, "spf", "addresses", index), fact, "name the servers that send")
