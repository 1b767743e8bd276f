"""A group of nobody."""

import difflib
from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Groups without a single account that can receive, and without an outside address."""
    for name, path in view.groups.items():
        if not view.spec.group_people[name]:
            fact, hint = f"nobody is in the group `{name}`", "put somebody in, or remove it"
            group = view.spec.groups.get(name)
            if group and group.where:
                department = group.where.department
                known = {account.department for account in view.spec.accounts.values() if account.department}
                near = difflib.get_close_matches(department, sorted(known - {department}), 1)
                hint = f"write `{near[0]}` if that department is meant" if near else hint
            yield Advice(path, fact, hint, name)
