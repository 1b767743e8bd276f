"""What went wrong on a server, in words: a fact and what to do about it, never a traceback."""

import errno
import sqlite3
from collections.abc import Callable
from typing import Any

from .command import CommandError

_FULL = "make room on its file system, then run again"
_SYSTEM = {
    errno.ENOSPC: ("disk-full", _FULL),
    errno.EDQUOT: ("disk-full", _FULL),
    errno.EROFS: ("read-only", "find out why its file system is read-only (`dmesg`), then run again"),
    errno.EXDEV: ("mount", "nothing may be mounted over a file that mailspec replaces; unmount it, then run again"),
    errno.EBUSY: ("mount", "nothing may be mounted over a file that mailspec replaces; unmount it, then run again"),
    errno.EACCES: ("not-root", "log in as root, or with `become: true`"),
    errno.EPERM: ("not-root", "log in as root, or with `become: true`; see `lsattr` for a file that may not change"),
}
_DATABASE = {
    "full": ("disk-full", _FULL),
    "readonly": _SYSTEM[errno.EROFS],
    "disk I/O": ("disk", "see `df` and `dmesg`"),
}


class TroubleError(Exception):
    """Something that ends the run: `id`, fact and hint as everywhere, and whatever else the controller needs."""

    def __init__(self, id: str, fact: str, hint: str, **more: Any) -> None:  # noqa: A002
        super().__init__(fact)
        self.id, self.fact, self.hint, self.more = id, fact, hint, more


def trouble(error: Exception) -> TroubleError:
    """Any error as a trouble."""
    if isinstance(error, TroubleError):
        return error
    if isinstance(error, OSError):
        name, hint = _SYSTEM.get(error.errno or 0, ("system", "mend it, then run again"))
        place = f"{error.filename}: " if error.filename else ""
        return TroubleError(name, f"{place}{(error.strerror or str(error)).lower()}", hint)
    if isinstance(error, sqlite3.Error):
        known = next((found for word, found in _DATABASE.items() if word in str(error)), None)
        name, hint = known or ("rows", "see whether the file system is well, then run again")
        return TroubleError(name, f"the lookup database: {error}", hint)
    if isinstance(error, CommandError):
        return TroubleError("command", str(error), "mend what it says, then run again")
    return TroubleError("bug", f"{type(error).__name__}: {error}", "report this as an issue, without secrets")


def answer(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the work returns, or its trouble, as the result of an Ansible module."""
    try:
        return work()
    except Exception as error:
        found = trouble(error)
        told = {"id": found.id, "fact": found.fact, "hint": found.hint}
        return {"failed": True, "msg": found.fact, "trouble": told, **found.more}
