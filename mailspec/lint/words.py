"""Words that several rules use."""

from collections.abc import Collection

from ..shown import shown


def some(names: Collection[str]) -> str:
    """The first few names in backticks, and how many more there are.

    >>> some(["a", "b", "c", "d", "e"])
    '`a`, `b`, `c` and 2 more'
    """
    first = ", ".join(f"`{shown(name)}`" for name in sorted(names)[:3])
    return f"{first} and {len(names) - 3} more" if len(names) > 3 else first
