"""An archived account that still holds addresses."""

from collections.abc import Iterator

from ...model.accounts import State
from ..finding import Advice, Level
from ..view import View
from ..words import some

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Archived accounts with aliases: their addresses are refused, and nobody else can have them."""
    for key, account in view.spec.accounts.items():
        if account.state is not State.ARCHIVED:
            continue
        # a role name is answered by the postmaster then
        lost = [alias for alias in account.aliases if view.routes[view.spec.address(alias)].kind == "closed"]
        if lost:
            fact = f"`{key}` is archived, so its {some(lost)} can neither receive nor send"
            hint = "give the aliases to whoever took over, or remove them"
            yield Advice(("accounts", key, "aliases"), fact, hint)
