"""A Sieve script that forwards mail."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Scripts of domains and accounts with a `redirect`."""
    for script in view.spec.scripts:
        if script.redirects:
            fact = (
                f"`{script.source}` may redirect mail of `{script.path[1]}`, where no other part of the spec shows it"
            )
            hint = "an alias or list says who gets the mail; silence this where the script has to decide"
            yield Advice(script.path, fact, hint)
