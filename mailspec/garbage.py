"""Python's cycle collector, paused while very many objects are made that all stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

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
