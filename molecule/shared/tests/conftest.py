"""Which tests a scenario runs."""

import os
from pathlib import Path

import pytest

BARE = {"test_host.py", "test_a_second_run_changes_nothing_and_touches_no_process"}
"""What the scenario runs that is about installing packages; how an apply behaves is proved by the others."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another scenario proves."""
    if os.environ.get("MOLECULE_SCENARIO_NAME") != "bare":
        return
    here = [item for item in items if item.path.parent == Path(__file__).parent]
    other = [item for item in here if BARE.isdisjoint({item.path.name, item.name})]
    config.hook.pytest_deselected(items=other)
    items[:] = [item for item in items if item not in other]
