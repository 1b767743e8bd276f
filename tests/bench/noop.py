"""A converge that has nothing to do, against a one-task ping play."""

import sys
from collections.abc import Iterator

from . import lab
from .figure import Figure, alternate, ratio, say

SHORT = True


def measure(_: list[str]) -> Iterator[Figure]:
    """Measure on the demo."""
    folder = lab.demo()
    servers = lab.lab([folder])
    say("the first converge")
    lab.settle([folder])
    before = servers.processes
    medians = alternate(
        {"ping": lambda: lab.ping([lab.SERVER]), "converge": lambda: lab.converge([folder], changed=False).seconds}
    )
    if servers.processes != before:
        sys.exit("a converge that had nothing to do touched a process")
    yield ratio("a converge without a change; every process stays", medians, "converge", "ping", 2.5)
