"""A catch-all without a limit."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Domains whose catch-all is an account without a quota."""
    for name, domain in view.spec.domains.items():
        section, key = (view.owner(domain.catch_all) if domain.catch_all else None) or ("", "")
        if section == "accounts" and not view.spec.accounts[key].quota:
            fact = f"the catch-all of `{name}`, `{domain.catch_all}`, has no `quota`"
            hint = "give it one: what strangers send to invented addresses should not fill the disk"
            yield Advice(("domains", name, "catch_all"), fact, hint)
