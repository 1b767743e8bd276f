"""A group that nothing names."""

import difflib
from collections.abc import Iterator

from ...model.groups import references
from ...model.text import GROUP, group_of
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.INFO


def check(view: View) -> Iterator[Advice]:
    """Groups that no list and no other group asks for."""
    used = {group_of(name) for name, _ in references(view.spec)} - {""}
    for name, path in view.groups.items():
        if name not in used:
            near = difflib.get_close_matches(name, sorted(used), 1)
            hint = f"write `{near[0]}` if that is meant" if near else f"name `{GROUP}{name}` in a list, or remove it"
            yield Advice(path, f"nothing names the group `{name}`, so it changes nothing", hint, name)
