"""Addresses of different people that readers confuse."""

from collections.abc import Iterator

from ...routing import Route
from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING

_ALIKE = str.maketrans({"0": "o", "1": "l", ".": None, "-": None, "_": None})


def check(view: View) -> Iterator[Advice]:
    """Names that differ only in punctuation, or in characters of the same shape."""
    named = [route for route in view.named if route.kind != "closed"]
    names = "\n".join([route.address.partition("@")[0] for route in named])  # one text, as there may be many
    shapes = names.translate(_ALIKE).replace("rn", "m").replace("vv", "w").split("\n")
    if len(set(shapes)) == len(named):
        return
    first: dict[tuple[str, str], Route] = {}
    for route, shape in zip(named, shapes, strict=False):
        other = first.setdefault((shape, route.address.partition("@")[2]), route)
        if other is not route and other.path[:2] != route.path[:2]:
            fact = f"{_name(view, route)} looks like {_name(view, other)}"
            hint = "rename one, or give both addresses to the same owner"
            yield Advice(route.path, fact, hint, route.address, on_key=True)


def _name(view: View, route: Route) -> str:
    written, owner = view.written(route.path), route.path[1]
    return f"`{written}`" if written == owner else f"`{written}` of `{owner}`"
