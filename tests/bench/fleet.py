"""Eight servers, each with a spec folder of its own, in one run of site.yml, against one of them."""

import statistics
from collections.abc import Callable, Iterator

from . import lab, many, parameter
from .figure import Figure, alternate, ratio, say

SHORT = False
SIZE = 8


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Measure with as many servers as ARG says, eight unless told."""
    size = int(arguments[0]) if arguments else SIZE
    folders = [
        many.folder(5, domain=f"fleet{number}.example", number=number, name=f"fleet-{number}") for number in range(size)
    ]
    servers = lab.lab(folders)
    pairs = [parameter.variants(folder, folder.name) for folder in folders]
    ones, others = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    for number, folder in enumerate(ones, 1):  # one after the other: all daemons start on one machine
        say(f"the first converge of server {number} of {size}")
        lab.settle([folder])
    before = servers.processes
    canaries: list[float] = []
    used: dict[int, list[float]] = {1: [], size: []}
    state = [ones, others]

    def unchanged(count: int) -> float:
        """Converge so many servers where nothing differs."""
        done = lab.converge(ones[:count], changed=False)
        used[count].append(done.processor)
        return done.seconds

    def changed(count: int) -> float:
        """Change one parameter of so many servers; the others follow without being measured."""
        done = parameter.without_canary(state[1][:count], canaries)
        if count < size:
            lab.converge(state[1][count:], changed=True)
        state.reverse()
        return done

    turns: dict[str, Callable[[], float]] = {
        "ping of one": lambda: lab.ping(["mx1.fleet0.example"]),
        "ping of all": lambda: lab.ping([f"mx1.fleet{number}.example" for number in range(size)]),
        "nothing on one": lambda: unchanged(1),
        "nothing on all": lambda: unchanged(size),
    }
    medians = alternate(turns)
    medians |= alternate({"one changed": lambda: changed(1), "all changed": lambda: changed(size)}, 2)
    kept = "no process restarts" if servers.processes == before else "with a restart"
    yield ratio(f"a converge of {size} servers without a change", medians, "nothing on all", "nothing on one", 2)
    yield ratio(f"one changed parameter on {size} servers; {kept}", medians, "all changed", "one changed", 2)
    more = (statistics.median(used[size]) - statistics.median(used[1])) / (size - 1)
    yield Figure("what one server more costs the controller, nothing changed", round(more, 2), unit="s of a processor")
    yield ratio(f"a one-task ping play of {size} servers", medians, "ping of all", "ping of one", None)
