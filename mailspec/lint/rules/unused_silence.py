"""A silence that hides nothing."""

import difflib
from collections.abc import Iterator

from ..finding import Advice, Level
from ..registry import rules
from ..view import View

LEVEL = Level.WARNING
LAST = True


def check(view: View) -> Iterator[Advice]:
    """Entries of `lint.silence` that match no finding."""
    for key in view.unused:
        rule, _, subject = key.partition(":")
        near = difflib.get_close_matches(rule, rules(), 1)
        if rule not in rules():
            fact, hint = f"there is no rule `{rule}`", f"write `{near[0]}`" if near else "see `mailspec lint --list`"
        else:
            fact = f"`{rule}` finds nothing{f' about `{subject}`' if subject else ''} that could be silenced"
            hint = "remove the entry: the reason for it is gone"
        yield Advice(("lint", "silence", key), fact, hint, key, on_key=True)
