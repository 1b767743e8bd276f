"""How thorough a run is: `script/test` tries everything, `script/test fast` each property with fewer examples."""

import os
from typing import Any

import pytest

FAST = os.environ.get("MAILSPEC_TEST") == "fast"
"""Whether somebody waits at a desk."""
SHARE = 10


def examples(count: int) -> int:
    """With how many examples a property is tried, of those the whole proof takes."""
    return max(count // SHARE, 5) if FAST else count


def whole(*values: object) -> Any:
    """A variation of a test that a fast run leaves out, since another one stays in it."""
    return pytest.param(*values, marks=pytest.mark.whole)
