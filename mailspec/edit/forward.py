"""Where mail for an account goes on to is set and cleared."""

from collections.abc import Sequence

from ..problem import SpecError
from . import names
from .draft import Draft


def set_targets(draft: Draft, name: str, to: Sequence[str], *, keep: bool) -> None:
    """Let mail for an account go on to some addresses."""
    key = names.key_of(draft, "accounts", name)
    draft.put(("accounts", key, "forward"), {"to": list(to), **({} if keep else {"keep": False})})


def clear(draft: Draft, name: str) -> None:
    """Let mail for an account stay in its mailbox; raises SpecError when it does."""
    key = names.key_of(draft, "accounts", name)
    if draft.get("accounts", key, "forward") is None:
        fact, hint = f"mail for `{key}` is not forwarded", "there is nothing to clear"
        raise SpecError.at(str(draft.place("accounts", key)), "not-there", fact, hint)
    draft.drop(("accounts", key, "forward"))
