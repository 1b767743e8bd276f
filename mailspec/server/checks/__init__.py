"""What a service's own checker passes over: one module a service, run where the staged files lie over /etc."""

from collections.abc import Callable, Collection
from pathlib import Path

from .. import journal, room
from . import base, dovecot, postfix, rspamd, web

CHECKS: dict[str, Callable[[Collection[str]], list[str]]] = {
    "base": lambda _ours: base.check(),
    "dovecot": dovecot.check,
    "postfix": lambda _ours: postfix.check(),
    "rspamd": rspamd.check,
    "web": lambda _ours: web.check(),
}
"""Each gets the paths that are ours and says what is wrong, one sentence a fault. Unbound and nftables have
strict checkers of their own; the store has none and proves itself in the canary."""


def strict(service: str, etc: Path, lookup: Path, ours: Collection[str]) -> list[str]:
    """What a service's check has to say against the staged files; `lookup` has a database of the new schema."""
    check = CHECKS.get(service)
    return room.inside(lambda: _over(etc, lookup, lambda: check(ours)), room.NEWNS, 60) if check else []


def _over(etc: Path, lookup: Path, check: Callable[[], list[str]]) -> list[str]:
    room.bind(etc, "/etc")
    if lookup != journal.LOOKUP.parent:
        room.bind(lookup, str(journal.LOOKUP.parent))
    return check()
