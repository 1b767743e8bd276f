"""nginx: it takes names of servers that stand twice, and says so in a warning."""

from ..command import run


def check() -> list[str]:
    """The warnings about its configuration."""
    _, said = run(["nginx", "-t", "-q", "-e", "stderr", "-g", "pid /dev/null;"])
    return [line for line in said.splitlines() if "[warn]" in line]
