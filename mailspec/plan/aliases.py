"""Aliases in mail terms: the days on which they take mail. Whom they reach is told with the addresses."""

from collections.abc import Iterator

from ..explain.life import days
from .fact import Change, Fact, FactKey, Said, View


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The days of each alias."""
    for name, alias in view.spec.aliases.items():
        given = [key for key, day in (("until", alias.until), ("from", alias.from_)) if day]
        yield ("alias-days", view.spec.address(name)), Fact((alias.from_, alias.until), ("aliases", name, *given[:1]))


def said(change: Change) -> Iterator[Said]:
    """Days of aliases that stay, and of new ones that have some."""
    before, after = (
        {view.spec.address(name): alias for name, alias in view.spec.aliases.items()}
        for view in (change.before, change.after)
    )
    for found in change.of("alias-days"):
        address, old, new = found.subject, before.get(found.subject), after.get(found.subject)
        if new and not old and new.has_days:
            yield found.says("alias-days", "+", address, f"mail to {address} is taken only {days(new)}")
        elif new and old:
            so_far = f"instead of {days(old)}" if old.has_days else "so far on every day"
            case, when = ("~", f"only {days(new)}") if new.has_days else ("~always", "on every day")
            yield found.says("alias-days", case, address, f"mail to {address} is taken {when}, {so_far}")
