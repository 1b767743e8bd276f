"""A catch-all that is a list."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains whose unknown addresses reach several people at once."""
    for name, domain in view.spec.domains.items():
        if domain.catch_all and view.spec.address(domain.catch_all) in view.lists:
            fact = (
                f"every message to an invented address of `{name}` is delivered to all members of `{domain.catch_all}`"
            )
            yield Advice(("domains", name, "catch_all"), fact, "name one account that looks through it")
