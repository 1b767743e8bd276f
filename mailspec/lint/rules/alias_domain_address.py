"""An address written in an alias domain, which has none of its own."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Accounts, lists and aliases named after a domain that is an alias."""
    for named in view.names:
        domain = named.written.partition("@")[2]
        if domain and view.spec.domains[domain].alias_of:
            fact = (
                f"`{named.written}` also exists as `{named.address}`: `{domain}` is only another name for that domain"
            )
            hint = f"write `{named.address}`, or make `{domain}` a domain of its own"
            yield Advice(named.path, fact, hint, named.written, on_key=True)
