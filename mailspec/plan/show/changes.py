"""Two pictures of mail become one, with a mark on what differs; what does not matter is folded and counted."""

from collections import Counter
from dataclasses import dataclass, field

from .flow import ADDRESS, DOMAIN, END, SERVER, SOURCE, Box, Flow

SAME, NEW, GONE, CHANGED = "same", "new", "gone", "changed"

SMALL = 24
"""A domain with no more boxes than this in a column is shown whole."""

_MOST = {SOURCE: 9, SERVER: 6, DOMAIN: 12, ADDRESS: 18, END: 18}
"""The most boxes of a column; what is more is counted."""

_FEW = 4
"""Up to this many targets of what changes are shown, though they stay the same."""

_NOUNS = {
    "domain": "domains",
    "list": "lists",
    "mailbox": "mailboxes",
    "other": "rules for other names",
    "outside": "addresses elsewhere",
    "own": "accounts",
    "role": "sets of role names",
    "server": "servers",
}


@dataclass(frozen=True)
class Line:
    """One line in a box: what it says before and after; empty where it is not there."""

    before: str
    after: str
    port: int = 0
    quiet: bool = False
    differs: bool = False
    """Set where what it stands for changes, though it says the same."""

    @property
    def mark(self) -> str:
        """What becomes of it."""
        return CHANGED if self.differs else _mark(self.before, self.after)


@dataclass
class Mark:
    """A box of either picture or of both."""

    box: Box
    mark: str
    lines: dict[str, Line]

    @property
    def shown(self) -> dict[str, Line]:
        """The lines that are drawn."""
        told = self.mark == SAME
        return {key: line for key, line in self.lines.items() if not line.quiet or (told and line.mark != SAME)}

    @property
    def differs(self) -> bool:
        """Whether anything about it is other than before."""
        return self.mark != SAME or any(line.mark != SAME for line in self.lines.values())


@dataclass
class Changes:
    """Both pictures in one."""

    boxes: dict[str, Mark] = field(default_factory=dict)
    arrows: dict[tuple[str, str], str] = field(default_factory=dict)
    """The mark of each."""
    weights: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many arrows each one stands for."""

    @property
    def any(self) -> bool:
        """Whether the pictures differ."""
        return any(box.differs for box in self.boxes.values()) or any(m != SAME for m in self.arrows.values())


def changes(before: Flow, after: Flow) -> Changes:
    """Everything of both, marked and not folded."""
    found = Changes()
    for key in sorted({*before.boxes, *after.boxes}):
        old, new = before.boxes.get(key), after.boxes.get(key)
        box = new or old
        if box is None:
            continue
        lines = {name: _line(name, old, new) for name in {**(old.lines if old else {}), **(new.lines if new else {})}}
        found.boxes[key] = Mark(box, SAME if old and new else NEW if new else GONE, lines)
    for arrow in sorted(before.arrows | after.arrows):
        found.arrows[arrow] = _mark(arrow in before.arrows, arrow in after.arrows)
    return found


def _line(name: str, old: Box | None, new: Box | None) -> Line:
    first, last = old and old.lines.get(name), new and new.lines.get(name)
    known = last or first
    port, quiet = (known.port, known.quiet) if known else (0, False)
    return Line(first.text if first else "", last.text if last else "", port, quiet)


def _mark(before: object, after: object) -> str:
    if before == after:
        return SAME
    return CHANGED if before and after else NEW if after else GONE


def folded(whole: Changes) -> Changes:
    """What changes, what it touches, and the rest as one box a kind; a small domain stays whole."""
    stays = _touched(whole)
    new_key: dict[str, str] = {}
    rest: dict[str, list[str]] = {}
    for column in range(END + 1):
        here = [key for key, mark in whole.boxes.items() if mark.box.column == column]
        if len(here) > SMALL or len(here) > _MOST[column]:
            kept = sorted((key for key in here if key in stays), key=lambda key: (stays[key], key))[: _MOST[column]]
            for key in sorted(set(here) - set(kept)):
                mark = whole.boxes[key]
                state = mark.mark if mark.mark != SAME else CHANGED if mark.differs else SAME
                rest.setdefault(f"fold:{mark.box.kind}:{state}", []).append(key)
    found = Changes(dict(whole.boxes))
    for short, keys in sorted(rest.items()):
        if len(keys) > 1:
            new_key |= dict.fromkeys(keys, short)
            found.boxes[short] = _fold(short, [found.boxes.pop(key) for key in keys])
    states: dict[tuple[str, str], set[str]] = {}
    for (source, target), state in whole.arrows.items():
        joined = (new_key.get(source.partition("#")[0], source), new_key.get(target.partition("#")[0], target))
        if joined[0] != joined[1]:
            states.setdefault(joined, set()).add(state)
            found.weights[joined] += 1
    found.arrows = {arrow: next(iter(s)) if len(s) == 1 else CHANGED for arrow, s in sorted(states.items())}
    return found


def _touched(whole: Changes) -> dict[str, int]:
    """What must be seen, the most important first: what differs, both ends of an arrow that does, and their way."""
    found: dict[str, int] = {}
    order = {GONE: 0, NEW: 1, CHANGED: 2, SAME: 2}
    for key, mark in whole.boxes.items():
        if mark.differs:
            found[key] = order[mark.mark]
    targets: dict[str, list[str]] = {}
    sources: dict[str, list[str]] = {}
    for arrow, state in whole.arrows.items():
        source, target = (end.partition("#")[0] for end in arrow)
        targets.setdefault(source, []).append(target)
        sources.setdefault(target, []).append(source)
        if state != SAME:
            found.setdefault(source, 3)
            found.setdefault(target, 3)
    for key in list(found):
        if len(targets.get(key, ())) <= _FEW:
            for target in targets.get(key, ()):
                found.setdefault(target, 4)
    for key in list(found):
        for source in sources.get(key, ()):
            if whole.boxes[key].box.column != END or source.startswith("own:"):
                found.setdefault(source, 4)
    return found


def _fold(key: str, marks: list[Mark]) -> Mark:
    _, kind, state = key.split(":")
    words = {SAME: "unchanged", NEW: "that come", GONE: "that go", CHANGED: "that change"}
    title = f"{len(marks):,} {'other' if state == SAME else 'more'} {_NOUNS[kind]}"
    box = Box(marks[0].box.column, "fold", title, ("~~", kind, state))
    text = words[state]
    line = Line("" if state == NEW else text, "" if state == GONE else text, differs=state == CHANGED)
    return Mark(box, state if state in {NEW, GONE} else SAME, {"fold": line})
