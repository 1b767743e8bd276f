"""SSH from networks that can not reach the server."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Sources of one IP version only, and a server with addresses of the other."""
    sources = {network.version for network in view.spec.firewall.ssh.from_}
    for name, server in view.spec.servers.items():
        own = {address.version for address in server.addresses}
        if sources and not sources & own:
            fact = f"SSH is open to IPv{min(sources)} only, but `{name}` has only IPv{min(own)}: nobody can log in"
            yield Advice(("firewall", "ssh", "from"), fact, f"add the IPv{min(own)} network of administrators", name)
