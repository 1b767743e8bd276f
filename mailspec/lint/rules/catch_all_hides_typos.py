"""A catch-all that takes mail for mistyped addresses of real people."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains with a catch-all beside addresses of others."""
    targets = {name: domain.catch_all for name, domain in view.spec.domains.items() if domain.catch_all}
    owners = {name: view.owner(target) for name, target in targets.items()}
    hidden = set()
    for route in view.named if targets else ():
        domain = route.address.partition("@")[2]
        if domain in owners and route.path[:2] != owners[domain]:
            hidden.add(domain)
    for name in targets:
        if name in hidden:
            fact = f"mail to a mistyped address of `{name}` reaches `{targets[name]}`; the sender never learns of it"
            hint = "remove `catch_all`, and give `aliases` for the spellings that are expected"
            yield Advice(("domains", name, "catch_all"), fact, hint)
