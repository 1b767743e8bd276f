"""A domain that mixes alphabets in one name (UTS 39)."""

from collections.abc import Iterator

from ...problem import KeyPath
from ..finding import Advice, Level
from ..scripts import mixed
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Names that read like another one, because some of their letters belong to another alphabet."""
    spam = view.spec.spam
    found: list[tuple[str, KeyPath]] = [(name, ("domains", name)) for name in view.spec.domains]
    found += [(name, ("servers", name)) for name in view.spec.servers]
    found += [(outsider.address, outsider.path) for outsider in view.outsiders]
    found += [(name, ("spam", "allow", index)) for index, name in enumerate(spam.allow)]
    for name, path in found:
        scripts = mixed(name.rpartition("@")[2])
        if scripts:
            fact = f"`{name}` mixes {' and '.join(scripts)} letters in one word"
            hint = "make sure that it is the name you mean: such a name can look exactly like another"
            yield Advice(path, fact, hint, name, on_key=path[0] in {"domains", "servers"})
