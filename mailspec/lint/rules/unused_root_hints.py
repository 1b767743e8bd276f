"""Root hints that are never asked."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Root hints beside forwarders."""
    if view.spec.resolver.root_hints and view.spec.resolver.forwarders:
        fact = "`root_hints` are never asked, since `forwarders` answer everything"
        yield Advice(("resolver", "root_hints"), fact, "remove one of the two")
