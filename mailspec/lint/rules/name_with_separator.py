"""An address that holds the separator of its domain."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Names whose beginning is another address, which gets mail for the name with a detail."""
    signs = {name: domain.separator for name, domain in view.spec.domains.items() if domain.separator}
    for route in view.named if signs else ():
        local, _, domain = route.address.partition("@")
        begin, sign, _ = local.partition(signs.get(domain) or " ")
        if sign and f"{begin}@{domain}" in view.routes:
            fact = f"mail to `{local}{sign}x` reaches `{begin}`, not `{local}`: both names begin alike"
            yield Advice(route.path, fact, f"give out `{local}+x`, or choose another `separator`", on_key=True)
