"""An address written in an alias domain, which has none of its own."""

from collections.abc import Iterator

from ...problem import KeyPath
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Accounts, lists and aliases named after a domain that is an alias."""
    aliases = {name for name, domain in view.spec.domains.items() if domain.alias_of}
    for name, path in _names(view) if aliases else ():
        domain, address = name.partition("@")[2], view.spec.address(name)
        if domain in aliases:
            fact = f"`{name}` is `{address}` as well: `{domain}` is only another name for that domain"
            hint = f"write `{address}`, or make `{domain}` a domain of its own"
            yield Advice(path, fact, hint, name, on_key=True)


def _names(view: View) -> Iterator[tuple[str, KeyPath]]:
    for key, account in view.spec.accounts.items():
        yield key, ("accounts", key)
        yield from ((name, ("accounts", key, "aliases", index)) for index, name in enumerate(account.aliases))
    for key, entry in view.spec.lists.items():
        yield key, ("lists", key)
        yield from ((name, ("lists", key, "aliases", index)) for index, name in enumerate(entry.aliases))
    for key in view.spec.aliases:
        yield key, ("aliases", key)
