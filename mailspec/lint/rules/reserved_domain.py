"""A name that exists only inside a network (RFC 6762, RFC 8375)."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_INSIDE = ("corp", "home", "home.arpa", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost",
           "onion", "private")  # fmt: skip


def check(view: View) -> Iterator[Advice]:
    """Domains and servers below a name that the world's DNS does not have."""
    for section, names in (("domains", view.spec.domains), ("servers", view.spec.servers)):
        for name in names:
            suffix = next((suffix for suffix in _INSIDE if name.endswith(f".{suffix}")), None)
            if suffix:
                fact = f"`{name}` is below `{suffix}`, which the DNS of the world does not have"
                hint = "use a name below a domain that you have registered"
                yield Advice((section, name), fact, hint, on_key=True)
