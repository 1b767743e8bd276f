"""The answers of accounts that are away are set and cleared."""

from collections.abc import Mapping
from typing import Any

from ..problem import SpecError
from ..reader.scalars import resolve
from . import names
from .draft import Draft


def set_answer(draft: Draft, name: str, values: Mapping[str, Any]) -> None:
    """Let mail to an account be answered; what is empty stays as it is, and of a new answer the default."""
    key = names.key_of(draft, "accounts", name)
    known = draft.get("accounts", key, "vacation")
    old = known if isinstance(known, dict) else {}
    new = {word: _value(word, value) for word, value in values.items() if value}
    draft.put(("accounts", key, "vacation"), {**old, **new})


def clear(draft: Draft, name: str) -> None:
    """Let mail to an account be answered no longer; raises SpecError when it is not."""
    key = names.key_of(draft, "accounts", name)
    if draft.get("accounts", key, "vacation") is None:
        fact, hint = f"mail to `{key}` is not answered", "there is nothing to clear"
        raise SpecError.at(str(draft.place("accounts", key)), "not-there", fact, hint)
    draft.drop(("accounts", key, "vacation"))


def _value(word: str, value: Any) -> Any:
    """A value as the spec has it: days are what YAML reads."""
    if word in {"from", "until"}:
        return resolve(value)
    return list(value) if isinstance(value, tuple) else value
