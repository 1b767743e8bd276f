"""A server with a name in somebody else's domain."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Servers that are below none of the domains."""
    for name in view.spec.servers:
        if not any(f".{name}".endswith(f".{domain}") for domain in view.spec.domains):
            main = view.spec.main_domain
            fact = f"`{name}` is below none of the domains: `{main}` signs its bounces, which is not aligned"
            hint = f"name it `mx1.{main}`, or make sure that you can change the DNS of its name"
            yield Advice(("servers", name), fact, hint, on_key=True)
