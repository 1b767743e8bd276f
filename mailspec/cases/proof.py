"""The one test of the plugin; it is made once for each case."""

import pytest

from .case import Case
from .run import Run


def test_case(case: Case, run: Run) -> None:
    """What the spec says is so."""
    if problem := run.verdict(case):
        pytest.fail(problem, pytrace=False)
