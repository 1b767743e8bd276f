"""Where each box of the picture stands: the same for before and after, so that the eye can compare."""

from dataclasses import dataclass

from .changes import Changes, Mark
from .flow import ADDRESS, DOMAIN, END, SERVER, SOURCE

LEFT = (10, 230, 530, 750, 1030)
"""Where each column begins."""
WIDTH = (164, 236, 164, 220, 260)
"""How wide its boxes are."""
TOP = 44
"""Room for the headings."""
ROW = 18
PAD = 7
GAP = 12


@dataclass(frozen=True)
class Spot:
    """The corner of a box and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Layout:
    """Every box, by its key, and the size of the whole."""

    spots: dict[str, Spot]
    width: float
    height: float


def rows(mark: Mark) -> int:
    """The lines of text in a box, its title among them."""
    return len(mark.shown) + bool(mark.box.title)


def layout(changes: Changes) -> Layout:
    """Addresses stand in order; every other column follows what it is joined to."""
    spots: dict[str, Spot] = {}
    columns = {column: _column(changes, column) for column in range(END + 1)}
    y, last = float(TOP), ""
    for key in columns[ADDRESS]:
        mark = changes.boxes[key]
        domain = mark.box.order[0]
        y += GAP if last and domain != last else 0
        spots[key] = Spot(LEFT[ADDRESS], y, WIDTH[ADDRESS], _height(mark))
        y, last = y + _height(mark) + GAP, domain
    for column in (END, DOMAIN, SERVER, SOURCE):
        _follow(changes, column, columns[column], spots)
    bottom = max((spot.y + spot.height for spot in spots.values()), default=TOP)
    return Layout(spots, LEFT[END] + WIDTH[END] + 10, bottom + 10)


def line_middle(changes: Changes, spots: dict[str, Spot], end: str) -> float:
    """The height at which an arrow meets a box, or one of its lines."""
    key, _, line = end.partition("#")
    names = list(changes.boxes[key].shown)
    if line not in names:
        return spots[key].middle
    return spots[key].y + PAD + ROW * (names.index(line) + bool(changes.boxes[key].box.title) + 0.5)


def _column(changes: Changes, column: int) -> list[str]:
    here = [key for key, mark in changes.boxes.items() if mark.box.column == column]
    return sorted(here, key=lambda key: (changes.boxes[key].box.order, key))


def _height(mark: Mark) -> float:
    return 2 * PAD + ROW * rows(mark)


def _follow(changes: Changes, column: int, keys: list[str], spots: dict[str, Spot]) -> None:
    """Put boxes beside what they are joined to, in that order, without one on another."""
    wanted = {key: _wanted(changes, key, spots) for key in keys}
    ordered = sorted(keys, key=lambda key: (_is_last(changes.boxes[key]), wanted[key], changes.boxes[key].box.order))
    heights = [_height(changes.boxes[key]) for key in ordered]
    tops: list[float] = []
    y = float(TOP)
    for key, height in zip(ordered, heights, strict=True):
        tops.append(max(y, wanted[key] - height / 2))
        y = tops[-1] + height + GAP
    # what was pushed down too far goes up again, as far as the column and its neighbours need
    floor = max([TOP + sum(heights) + GAP * (len(heights) - 1), *(spot.y + spot.height for spot in spots.values())])
    for index in reversed(range(len(ordered))):
        tops[index] = min(tops[index], floor - heights[index])
        floor = tops[index] - GAP
    for key, top, height in zip(ordered, tops, heights, strict=True):
        spots[key] = Spot(LEFT[column], top, WIDTH[column], height)


def _is_last(mark: Mark) -> bool:
    return mark.box.kind in {"fold", "refused"}


def _wanted(changes: Changes, key: str, spots: dict[str, Spot]) -> float:
    """The height of the addresses a mailbox has; else the mean of what is joined to a box and stands already."""
    kind, _, login = key.partition(":")
    own = [other for other in spots if kind == "mailbox" and other.startswith("own:") and other.endswith(f":{login}")]
    if own:
        return min(spots[other].middle for other in own)
    found = []
    for source, target in changes.arrows:
        other = target if source.partition("#")[0] == key else source if target.partition("#")[0] == key else ""
        if other.partition("#")[0] in spots:
            found.append(line_middle(changes, spots, other))
    return sum(found) / len(found) if found else TOP
