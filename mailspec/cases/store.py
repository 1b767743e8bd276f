"""What the store of the server has counted: a test does not send a thousand messages to reach a limit."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from .site import Site

_SLOT = 300
"""The seconds that are counted as one."""


@contextmanager
def counted(site: Site, login: str, messages: int, recipients: int) -> Iterator[None]:
    """Let a login have sent so much just now, and nothing afterwards."""
    key = f"mailspec:sending:{login}"
    _ask(site, "DEL", key)
    _ask(site, "HSET", key, str(int(time.time()) // _SLOT), f"'{messages} {recipients}'")
    try:
        yield
    finally:
        _ask(site, "DEL", key)


def _ask(site: Site, *words: str) -> str:
    host = site.book.host
    return site.run(f"{host.store}-cli", "-s", host.store_socket, *words)
