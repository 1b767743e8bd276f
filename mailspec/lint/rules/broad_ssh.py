"""SSH open to networks so large that naming them changes little."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_SHORTEST = {4: 16, 6: 32}
"""The shortest mask that still names one organisation."""


def check(view: View) -> Iterator[Advice]:
    """Sources of SSH that are nearly everybody."""
    for index, network in enumerate(view.spec.firewall.ssh.from_):
        if network.prefixlen < _SHORTEST[network.version] and not network.is_private:
            fact = f"`{network}` lets a large part of the world try to log in by SSH"
            yield Advice(("firewall", "ssh", "from", index), fact, "name the networks of administrators", str(network))
