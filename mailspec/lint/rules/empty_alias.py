"""An alias that reaches nobody."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.ERROR


def check(view: View) -> Iterator[Advice]:
    """Aliases without a single target that receives mail."""
    for key in view.spec.aliases:
        if view.routes[view.spec.address(key)].kind == "closed":
            fact = f"`{key}` reaches nobody: whom it leads to takes no mail or leads nowhere, so its mail is refused"
            yield Advice(("aliases", key), fact, "put in somebody who reads it, or remove the alias")
