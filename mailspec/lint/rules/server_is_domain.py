"""A server with the name of a mail domain."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Servers named like a domain, whose web site usually has that name."""
    for name in view.spec.servers:
        if name in view.spec.domains:
            fact = (
                f"the server `{name}` has the name of the mail domain, so its A record is the one of the web site too"
            )
            yield Advice(("servers", name), fact, f"name the server `mx1.{name}`", on_key=True)
