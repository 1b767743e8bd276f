"""Somebody named in a list, group, alias or forward whose mail is refused."""

from collections.abc import Iterator

from ...model.accounts import State
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Accounts that take no mail, in groups and forwards, and in lists and aliases that still reach somebody."""
    yield from _aliases(view)
    yield from _forwards(view)
    for key, group in view.spec.groups.items():
        for index, name in enumerate(group.members):
            if (account := view.account(name)) and account.state is State.ARCHIVED:
                fact = f"`{name}` is archived, so it is not in the group `{key}`"
                yield Advice(("groups", key, "members", index), fact, "take it out, or put in whoever took over")
    for key, entry in view.spec.lists.items():
        left = [
            index
            for index, name in enumerate(entry.members)
            if (account := view.account(name)) and not account.receives
        ]
        if len(left) == len(entry.members):
            continue  # the list reaches nobody, which is a finding of its own
        for index in left:
            fact = f"`{entry.members[index]}` takes no mail and receives nothing from `{key}`"
            yield Advice(("lists", key, "members", index), fact, "take it out, or put in whoever took over")


def _forwards(view: View) -> Iterator[Advice]:
    for key, account in view.spec.accounts.items():
        for index, name in enumerate(account.forward.to if account.forward else ()):
            if (target := view.account(name)) and not target.receives:
                fact = f"`{key}` forwards to `{name}`, which takes no mail"
                hint = "take it out, or put in whoever took over"
                yield Advice(("accounts", key, "forward", "to", index), fact, hint)


def _aliases(view: View) -> Iterator[Advice]:
    for key, alias in view.spec.aliases.items():
        if view.routes[view.spec.address(key)].kind == "closed":
            continue
        hint = "take it out, or put in whoever took over"
        for index, name in enumerate(alias.to):
            if (account := view.account(name)) and not account.receives:
                yield Advice(("aliases", key, "to", index), f"`{name}` takes no mail, not even from `{key}`", hint)
        for index, name in enumerate(alias.send_as):
            if (account := view.account(name)) and not account.can_send:
                yield Advice(("aliases", key, "send_as", index), f"`{name}` can not send, not even as `{key}`", hint)
