"""The first converge of a server without any package, against the installation of the packages alone."""

from collections.abc import Iterator

from . import lab
from .figure import Figure, say

SHORT = False
INSTALL = "Install the packages of the stack"


def measure(_: list[str]) -> Iterator[Figure]:
    """Measure the whole play and its one task that installs; needs the package network."""
    folder = lab.demo()
    lab.lab([folder], "base").prepare()
    say("the first converge")
    done = lab.play([folder], lab.SITE)
    packages = done.tasks[INSTALL]
    rest = done.seconds - packages
    sides = f"{done.seconds:.0f} s, of these {packages:.0f} s packages"
    yield Figure("the first converge of a bare server, beyond its packages", round(rest, 1), 30, "s", sides)
