"""A catch-all that takes mail for mistyped addresses of real people."""

from collections import Counter
from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Domains with a catch-all beside addresses of others."""
    others: Counter[str] = Counter()
    for name, domain in view.spec.domains.items():
        if domain.catch_all:
            others[name] = 0
    for named in view.names if others else ():
        domain_name = named.address.partition("@")[2]
        target = view.spec.domains[domain_name].catch_all
        if target and view.owners[named.address] != view.owners[view.spec.address(target)]:
            others[domain_name] += 1
    for name, number in others.items():
        if number:
            target = view.spec.domains[name].catch_all
            fact = f"mail to a mistyped address of `{name}` reaches `{target}`, and the sender never learns of it"
            hint = "remove `catch_all`, and give `aliases` for the spellings that are expected"
            yield Advice(("domains", name, "catch_all"), fact, hint)
