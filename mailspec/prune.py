"""A spec without the values that were refused, so that the rest can be judged in the same run."""

from itertools import pairwise
from typing import Any

from .model.spec import Clash
from .problem import KeyPath

_DEFINING = {"accounts": 3, "groups": 3, "lists": 3} | dict.fromkeys(
    ("drift", "firewall", "limits", "lint", "local", "resolver", "retention", "spam", "tls"), 2
)
"""How long the path of a value is that names nothing others refer to, by section."""

MOST = 100
"""How many refused values are taken out one by one."""


def pruned(data: dict[str, Any], refused: list[Clash]) -> dict[str, Any] | None:
    """The data without the refused values; None where too much would be missing to say anything more.

    Unknown keys may always go. Names that other parts refer to may not: their absence would look like an error.
    """
    if len(refused) > MOST:
        return None
    copy = dict(data)
    for clash in refused:
        path = clash.path
        if len(path) == 1 and clash.id == "unknown-key":
            copy.pop(str(path[0]), None)
        elif len(path) < _DEFINING.get(str(path[0]) if path else "", 100) or {"aliases", "groups"} & set(path[2:]):
            return None
        else:
            _drop(copy, path)
    return copy


def _drop(data: dict[str, Any], path: KeyPath) -> None:
    """Take one value out of a copy of everything above it; a value inside a list takes the list along."""
    here = data
    for step, below in pairwise(path):
        inner = here.get(str(step))
        if not isinstance(inner, dict) or isinstance(below, int):
            here.pop(str(step), None)
            return
        here[str(step)] = dict(inner)
        here = here[str(step)]
    here.pop(str(path[-1]), None)
