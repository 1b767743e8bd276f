"""Which tests a scenario runs."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`bare` is about installing packages; how an apply behaves is proved by the others."""
    if os.environ.get("MOLECULE_SCENARIO_NAME") == "bare":
        apply = [item for item in items if item.path.parent == HERE and item.path.name != "test_host.py"]
        config.hook.pytest_deselected(items=apply)
        items[:] = [item for item in items if item not in apply]
