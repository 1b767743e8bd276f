"""A figure: what was measured, against what, how it compares with the promise, and how to tell it."""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent.parent
RESULTS = PROJECT / "build/bench.json"
PAGE = PROJECT / "docs/reference/figures.md"
ROUNDS = 5

_HEAD = """\
# Figures

Written by `script/bench --write-docs` from the last result of each run; `script/bench` with the words of the last
column repeats it. Both sides of a ratio were measured in one run, in turn, and a figure is the median of its rounds.
Load is how many processes wanted a core meanwhile, as `uptime` tells it: above the number of cores, something else was
running too.

| what | figure | promise | measured | load, cores | run |
| --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    limit: float | None = None
    """The most it may be, if somebody promised something."""
    unit: str = "x"
    """What the value counts; `x` is a ratio."""
    sides: str = ""
    """Both sides as they were measured."""
    load: str = field(default_factory=lambda: f"{os.getloadavg()[0]:.1f}, {os.cpu_count()}")

    @property
    def text(self) -> str:
        """The value with its unit."""
        return f"{self.value:g} {self.unit}"

    @property
    def promise(self) -> str:
        """The limit with its unit, and whether it holds."""
        if self.limit is None:
            return ""
        return f"{'≤' if self.value <= self.limit else '**not**'} {self.limit:g} {self.unit}"


def say(text: str) -> None:
    """One line of progress."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


def alternate(sides: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """Measure sides in turn, so that whatever else the machine does meets all of them; the median of each."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(1, rounds + 1):
        for name, measure in sides.items():
            found[name].append(measure())
        say(f"round {number} of {rounds}: " + ", ".join(f"{name} {values[-1]:.2f} s" for name, values in found.items()))
    return {name: statistics.median(values) for name, values in found.items()}


def processor() -> float:
    """The seconds of a processor that ended child processes have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ratio(what: str, medians: dict[str, float], side: str, base: str, limit: float | None) -> Figure:
    """How many times as long one side takes as the other."""
    sides = f"{medians[side]:.2f} s, {base} {medians[base]:.2f} s"
    return Figure(what, round(medians[side] / medians[base], 2), limit, sides=sides)


def append(run: str, figures: Iterable[Figure]) -> None:
    """Add the result of a run, which is a section and its arguments, to build/bench.json."""
    RESULTS.parent.mkdir(exist_ok=True)
    found = _results()
    found.append({"run": run, "time": int(time.time()), "figures": [asdict(figure) for figure in figures]})
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def write_page() -> None:
    """Write the table of the last result of each run."""
    last = {entry["run"]: [Figure(**figure) for figure in entry["figures"]] for entry in _results()}
    lines = [
        f"| {f.what} | {f.text} | {f.promise} | {f.sides} | {f.load} | `{run}` |"
        for run, figures in sorted(last.items())
        for f in figures
    ]
    PAGE.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _results() -> list[dict[str, Any]]:
    found = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    return found if isinstance(found, list) else []  # an older version kept one result
