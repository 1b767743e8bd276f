"""How thorough a run is: `script/test` tries the same examples each time, `fast` fewer, `search` many new ones."""

import os
from typing import Any

import pytest

MODE = os.environ.get("MAILSPEC_TEST")
SEARCH = MODE == "search"
"""Whether the run looks for faults nobody knows yet, so that it need not end as the last one did."""
SHARE = 10
"""How many times fewer a fast run tries, and more a search."""


def examples(count: int) -> int:
    """With how many examples a property is tried, of those the whole proof takes."""
    if SEARCH:
        return count * SHARE
    return max(count // SHARE, 5) if MODE == "fast" else count


def whole(*values: object) -> Any:
    """A variation of a test that a fast run leaves out, since another one stays in it."""
    return pytest.param(*values, marks=pytest.mark.whole)
