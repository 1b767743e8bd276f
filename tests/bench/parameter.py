"""One changed parameter of a service, against a one-task ping play; the canary apart."""

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from . import lab
from .figure import Figure, alternate, ratio, say

SHORT = True


def variants(folder: Path, name: str) -> list[Path]:
    """Two spec folders that differ in the largest message."""
    return [lab.varied(folder, f"{name}-{size}", {("limits", "message_size"): size}) for size in ("40M", "41M")]


def without_canary(folders: list[Path], canaries: list[float]) -> float:
    """The seconds of a converge that changes something, less those of the canary, which go into a list."""
    done = lab.converge(folders, changed=True)
    canaries.append(sum(seconds for task, seconds in done.tasks.items() if "canary" in task.lower()))
    return done.seconds - canaries[-1]


def measure(_: list[str]) -> Iterator[Figure]:
    """Measure on the demo, there and back."""
    folder = lab.demo()
    servers = lab.lab([folder])
    one, other = variants(folder, "parameter")
    say("the first converge")
    lab.settle([one])
    before = servers.processes
    canaries: list[float] = []
    turns: dict[str, Callable[[], float]] = {"ping": lambda: lab.ping([lab.SERVER])}
    turns["there"] = lambda: without_canary([other], canaries)
    turns["back"] = lambda: without_canary([one], canaries)
    medians = alternate(turns)
    kept = "no process restarts" if servers.processes == before else "with a restart"
    medians["converge"] = (medians["there"] + medians["back"]) / 2
    yield ratio(f"one changed parameter of Postfix, without the canary; {kept}", medians, "converge", "ping", 5)
    yield Figure("the canary of such a change", round(statistics.median(canaries), 1), unit="s")
