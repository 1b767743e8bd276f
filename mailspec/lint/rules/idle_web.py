"""A web service with nothing to say."""

from collections.abc import Iterator

from ...mailing import LEAVE, doors
from ...model import web
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Servers with `web` where nobody may leave a mailing list, and which publish no policy of MTA-STS."""
    if any(entry.is_mailing and doors(entry) >= LEAVE for entry in view.spec.lists.values()):
        return
    for name, server in view.spec.servers.items():
        if server.web and not web.served(view.spec, name):
            fact = f"port 443 of `{name}` is open for `{server.web}`, without a list that members may leave or a policy"
            yield Advice(("servers", name, "web"), fact, "leave `web` out until there is one")
