"""A domain one slip away from one that is meant."""

from collections.abc import Iterator

from ...model.groups import references
from ..finding import Advice, Level
from ..providers import PROVIDERS
from ..typos import Near
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Addresses of others whose domain is nearly one of ours, or of a large provider."""
    near = Near([*view.spec.domains, *PROVIDERS])
    found = [(name, path) for name, path in references(view.spec) if "@" in name and not view.spec.is_ours(name)]
    found += [(name, ("spam", "allow", index)) for index, name in enumerate(view.spec.spam.allow)]
    for name, path in found:
        meant = near.find(name.rpartition("@")[2])
        if meant:
            yield Advice(path, f"the domain of `{name}` is nearly `{meant}`", f"write `{meant}` if that is meant", name)
