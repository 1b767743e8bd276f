"""The picture as SVG (1.1): one side of a change, before or after, in the places both sides share."""

import unicodedata
from collections.abc import Iterator

from .changes import CHANGED, GONE, NEW, SAME, Changes, Line, Mark
from .layout import LEFT, PAD, ROW, Layout, Spot, line_middle
from .literal import element
from .words import line as one_line

_HEADINGS = ("Who connects", "Servers and open ports", "Domains", "Addresses and lists", "Where mail ends")
_SIGNS = {NEW: "+", GONE: "−", CHANGED: "~", SAME: ""}  # noqa: RUF001 - as wide as a plus
_LETTER = 7.3
"""The width of a letter of the typeface for addresses, which has one width."""
_GUTTER = 20
"""Room for a sign before a line."""
_PORT = 28
"""Room for a port before it."""


def picture(changes: Changes, layout: Layout, side: str, name: str) -> str:
    """The SVG of one side, `before` or `after`."""
    gone = NEW if side == "before" else GONE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width:.0f} {layout.height:.0f}" role="img" '
        f'aria-labelledby="{side}-title"><title id="{side}-title">{element(name)}</title>'
    ]
    for heading, x in zip(_HEADINGS, LEFT, strict=True):
        parts.append(f'<text class="heading" x="{x}" y="24">{heading}</text>')
    arrows = sorted(changes.arrows.items(), key=lambda item: (item[1] != SAME, item[0]))
    parts += [_arrow(changes, layout, arrow, mark) for arrow, mark in arrows if mark != gone]
    for key, mark in changes.boxes.items():
        spot = layout.spots[key]
        parts.append(_ghost(spot) if mark.mark == gone else "".join(_box(mark, spot, side)))
    return "\n".join([*parts, "</svg>"])


def _arrow(changes: Changes, layout: Layout, arrow: tuple[str, str], mark: str) -> str:
    first, last = (layout.spots[end.partition("#")[0]] for end in arrow)
    y1, y2 = (line_middle(changes, layout.spots, end) for end in arrow)
    x1, x2 = first.x + first.width, last.x - (12 if "#" in arrow[1] else 0)
    weight = changes.weights[arrow]
    if first.x == last.x:  # from a list to a list: around the right side
        x2 = last.x + last.width
        path = f"M{x1:.0f},{y1:.1f} C{x1 + 34:.0f},{y1:.1f} {x2 + 34:.0f},{y2:.1f} {x2 + 5:.0f},{y2:.1f}"
        head = f"M{x2:.0f},{y2:.1f}l7,-4v8z"
    else:
        bend = (x2 - x1) / 2
        path = f"M{x1:.0f},{y1:.1f} C{x1 + bend:.0f},{y1:.1f} {x2 - bend:.0f},{y2:.1f} {x2 - 5:.0f},{y2:.1f}"
        head = f"M{x2:.0f},{y2:.1f}l-7,-4v8z"
    many = ""
    if weight > 1 and not arrow[0].startswith(("domain:", "fold:")):
        many = f'<text class="weight" x="{x2 - 12:.0f}" y="{y2 - 6:.1f}">{weight:,}</text>'
    return f'<g class="arrow {mark}"><path d="{path}"/><path class="head" d="{head}"/>{many}</g>'


def _ghost(spot: Spot) -> str:
    """The empty place of a box that only the other side has."""
    return f'<rect class="ghost" {_rect(spot)}/>'


def _box(mark: Mark, spot: Spot, side: str) -> Iterator[str]:
    yield f'<g class="box {mark.box.kind} {mark.mark}"><rect {_rect(spot)}/>'
    y, sign = spot.y + PAD, _SIGNS[mark.mark]
    if mark.box.title:
        yield from _text(mark.box.title, spot, y, sign, "title")
        y, sign = y + ROW, ""
    for line in mark.shown.values():
        text = line.before if side == "before" else line.after
        if text:
            yield from _line(line, text, spot, y, sign, line.mark if mark.mark == SAME else SAME)
            sign = ""
        y += ROW
    yield "</g>"


def _line(line: Line, text: str, spot: Spot, y: float, sign: str, mark: str) -> Iterator[str]:
    yield f'<g class="line {mark}">'
    if mark != SAME:
        yield f'<rect x="{spot.x + 2:.0f}" y="{y:.0f}" width="{spot.width - 4:.0f}" height="{ROW}" rx="3"/>'
    if line.port:
        yield f'<rect class="port" x="{spot.x - 12:.0f}" y="{y + 1:.0f}" width="44" height="16" rx="8"/>'
        yield f'<text class="port" x="{spot.x + 10:.0f}" y="{y + 13:.0f}">{line.port}</text>'
    yield from _text(text, spot, y, sign or _SIGNS[mark], "small", _PORT if line.port else 0)
    yield "</g>"


def _text(text: str, spot: Spot, y: float, sign: str, style: str, indent: int = 0) -> Iterator[str]:
    x = spot.x + _GUTTER + indent
    if sign:
        yield f'<text class="sign" x="{x - 12:.0f}" y="{y + 13:.0f}">{sign}</text>'
    short = _short(text, int((spot.x + spot.width - 4 - x) / _LETTER))
    full = f"<title>{element(text)}</title>" if short != one_line(text) else ""
    yield f'<text class="{style}" x="{x:.0f}" y="{y + 13:.0f}">{element(short)}{full}</text>'


def _rect(spot: Spot) -> str:
    return f'x="{spot.x:.0f}" y="{spot.y:.0f}" width="{spot.width:.0f}" height="{spot.height:.0f}" rx="6"'


def _short(text: str, room: int) -> str:
    """The text as far as there is room; what is cut shows as an ellipsis."""
    text = one_line(text)
    if _columns(text) <= room:
        return text
    while text and _columns(text) > room - 1:
        text = text[:-1]
    return f"{text}…"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
