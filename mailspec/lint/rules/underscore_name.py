"""A name with an underscore, which no host may have (RFC 1123, 2.1)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains and servers whose name is no host name."""
    for section, names in (("domains", view.spec.domains), ("servers", view.spec.servers)):
        for name in names:
            if "_" in name:
                fact = f"`{name}` has an underscore, which host names must not have"
                yield Advice((section, name), fact, "use a name of letters, digits and `-`", on_key=True)
