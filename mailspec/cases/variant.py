"""A spec with some other values, for runs that have to change something."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..edit.draft import Draft
from ..problem import KeyPath


def variant(source: Path, target: Path, changes: Mapping[KeyPath, Any]) -> Path:
    """Copy a spec folder and set values in the copy, each by its path; returns the copy.

    Raises SpecError when the source is no spec.
    """
    shutil.copytree(source, target)
    draft = Draft(target)
    for path, value in changes.items():
        draft.put(path, value)
    draft.save()
    return target
