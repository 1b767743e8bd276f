"""A TLS policy without a server that receives mail (RFC 8461, 4.1)."""

from collections.abc import Iterator

from ...model.mta_sts import covers, hosts
from ...model.servers import Role
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Servers with the role `mx` that `hosts` leaves out."""
    for name, domain in view.spec.domains.items():
        named = hosts(view.spec, name)
        for server, settings in view.spec.servers.items():
            if domain.mta_sts and Role.MX in settings.roles and not covers(named, server):
                fact = f"the policy of `{name}` does not name `{server}`, so others send no mail to it"
                hint = "leave `hosts` out, or name every server there"
                yield Advice(("domains", name, "mta_sts", "hosts"), fact, hint)
