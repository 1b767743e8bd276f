"""SSH on a port that mail needs."""

from collections.abc import Iterator

from ...host import Host
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """A port of sshd that a mail service answers on."""
    port = view.spec.firewall.ssh.port
    for name in view.spec.servers:
        service = Host(view.spec, name).services.get(port)
        if service:
            fact = f"port {port} is the one of {service} on `{name}`: sshd and the mail service can not both have it"
            yield Advice(("firewall", "ssh", "port"), fact, "choose a port that no mail service has", name)
