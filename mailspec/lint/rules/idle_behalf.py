"""A right to write on behalf that gives nothing."""

from collections.abc import Iterator

from ...model.text import group_of
from ...routing import senders
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts named by `send_on_behalf` that can not send, or may send as the address anyway."""
    spec = view.spec
    granted = [("accounts", key, account.send_on_behalf) for key, account in spec.accounts.items()]
    granted += [("aliases", key, alias.send_on_behalf) for key, alias in spec.aliases.items()]
    granted = [found for found in granted if found[2]]
    owned = set(senders(spec, view.routes)) if granted else set()
    for section, key, named in granted:
        for index, name in enumerate(named):
            route = None if group_of(name) else view.routes.get(spec.address(name))
            login = route.owner if route else ""
            path = (section, key, "send_on_behalf", index)
            if login and not spec.mailboxes[login].can_send:
                fact = f"`{name}` can not send, and so not on behalf of `{key}`"
                yield Advice(path, fact, f"take `{name}` away: with the account the right would come back to life")
            elif (spec.address(key), login) in owned:
                fact = f"`{name}` may send as `{key}`, and needs no right to do so on its behalf"
                yield Advice(path, fact, f"take `{name}` away here, or where it may send as the address")
