"""One resolver on which everything depends."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """A forwarder without a second one."""
    if len(set(view.spec.resolver.forwarders)) == 1:
        fact = f"`{view.spec.resolver.forwarders[0]}` is the only forwarder: while it is down no mail comes or goes"
        yield Advice(("resolver", "forwarders"), fact, "add a second one, or leave `forwarders` out")
