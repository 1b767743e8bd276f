"""Which tests a scenario runs."""

import os
from pathlib import Path


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """`bare` is about installing packages; how an apply behaves is proved by the others."""
    is_bare = os.environ.get("MOLECULE_SCENARIO_NAME") == "bare"
    return True if is_bare and collection_path.name == "test_apply.py" else None
