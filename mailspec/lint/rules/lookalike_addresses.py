"""Addresses of different people that readers confuse."""

from collections.abc import Iterator

from ...routing import Route
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_ALIKE = str.maketrans({"0": "o", "1": "l", ".": None, "-": None, "_": None})


def check(view: View) -> Iterator[Advice]:
    """Names that differ only in punctuation, or in characters of the same shape."""
    first: dict[str, Route] = {}
    for route in view.named:
        if route.kind == "closed":
            continue
        local, _, domain = route.address.partition("@")
        shape = local.translate(_ALIKE).replace("rn", "m").replace("vv", "w")
        other = first.setdefault(f"{shape}@{domain}", route)
        if other is not route and other.path[:2] != route.path[:2]:
            names = [_name(view, route), _name(view, other)]
            hint = "rename one, or give both addresses to the same owner"
            yield Advice(route.path, " looks like ".join(names), hint, route.address, on_key=True)


def _name(view: View, route: Route) -> str:
    written, owner = view.written(route.path), route.path[1]
    return f"`{written}`" if written == owner else f"`{written}` of `{owner}`"
