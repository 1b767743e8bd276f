"""Addresses of different people that readers confuse."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import Named, View

LEVEL = Level.WARNING

_ALIKE = str.maketrans({"0": "o", "1": "l", ".": None, "-": None, "_": None})


def check(view: View) -> Iterator[Advice]:
    """Names that differ only in punctuation, or in characters of the same shape."""
    first: dict[str, Named] = {}
    for named in view.names:
        local, _, domain = named.address.partition("@")
        shape = local.translate(_ALIKE).replace("rn", "m").replace("vv", "w")
        other = first.setdefault(f"{shape}@{domain}", named)
        if (other.section, other.key) != (named.section, named.key):
            fact = f"`{named.written}` of `{named.key}` looks like `{other.written}` of `{other.key}`"
            hint = "rename one, or give both addresses to the same owner"
            yield Advice(named.path, fact, hint, named.address, on_key=True)
