"""Python's cycle collector, paused while very many objects are made that all stay, and what stays until the end."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_MANY = 100_000
"""How many new objects are not worth looking through."""


@contextmanager
def paused() -> Iterator[None]:
    """Make objects without the collector walking all earlier ones again and again; usable as a decorator too.

    What was made is not looked through afterwards either: it stays, or goes when nobody refers to it any more.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()


def keep(holder: dict[Any, Any]) -> None:
    """Let a mapping stay as it is when the process ends, and all that is in it.

    Python would take millions of objects apart one by one, just before the memory is given back as a whole.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(holder))
