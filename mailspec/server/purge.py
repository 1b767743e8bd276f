"""Purge: what removed accounts and mailing lists left, with its age and size, and its end when somebody names it.

A mailbox goes before its tombstone does: a purge that is cut short is run again.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import journal, lease, mailboxes, tombstone, undo
from .failure import TroubleError

_MESSAGES = ("archive", "cur", "new")
"""The directories of a list and a Maildir that hold messages."""


def purge(wanted: dict[str, Any], check: bool) -> list[dict[str, Any]]:
    """Every tombstone of this server, and whether its mailbox is deleted: those named in `logins`, or all `expired`.

    Raises TroubleError before anything is deleted when a name has no tombstone, or is younger than `retention` and
    not `early`.
    """
    if check or not (wanted["logins"] or wanted["expired"]):
        return _chosen(wanted)
    with lease.alone(wanted["lease"]):
        undo.recover()
        mailboxes.forget_old_names()
        found = _chosen(wanted)
        for entry in found:
            if entry["purged"]:
                _delete(entry["login"])
    return found


def _chosen(wanted: dict[str, Any]) -> list[dict[str, Any]]:
    now, left = time.time(), tombstone.found()
    for login in wanted["logins"]:
        if login not in left:
            fact = f"{login} has no tombstone here: it is an account, was never one, or is purged already"
            raise TroubleError("no-tombstone", fact, "name one that `playbooks/purge.yml` shows")
        if now < left[login] + wanted["retention"] and not wanted["early"]:
            days = [time.strftime("%Y-%m-%d", time.gmtime(left[login] + more)) for more in (0, wanted["retention"])]
            fact = f"{login} was removed on {days[0]}, and what it left is to be kept until {days[1]}"
            raise TroubleError("too-early", fact, "wait, or name it with `-e mailspec_purge_early=true`")
    found = []
    for login, removed in left.items():
        expired = now >= removed + wanted["retention"]
        chosen = login in wanted["logins"] or (wanted["expired"] and expired)
        entry = {"login": login, "removed": removed, "expires": removed + wanted["retention"], "expired": expired}
        found.append({**entry, **_size(login), "purged": chosen})
    return found


def _size(login: str) -> dict[str, int]:
    """How many messages and bytes a mailbox has."""
    messages = size = 0
    with _folder(login) as (name, above):
        if above >= 0:
            for folder, _, files, here in os.fwalk(name, dir_fd=above):
                messages += len(files) if Path(folder).name in _MESSAGES else 0
                size += sum(os.stat(file, dir_fd=here, follow_symlinks=False).st_size for file in files)
    return {"messages": messages, "bytes": size}


def _delete(login: str) -> None:
    with _folder(login) as (name, above):
        if above >= 0:
            shutil.rmtree(name, dir_fd=above)
            os.fsync(above)
    change = {"keys": ["login"], "put": [], "drop": [[login]]}
    with journal.lookup() as database:
        journal.change_rows(database, dict.fromkeys(journal.KEPT, change))


@contextmanager
def _folder(login: str) -> Iterator[tuple[str, int]]:
    """The name of a mailbox in the open directory of its domain, which is -1 when there is none; follows no link."""
    home, opened = mailboxes.home(login), list[int]()
    try:
        here = -1
        for part in (home.parent.parent, home.parent.name):
            here = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here if opened else None)
            opened.append(here)
        os.stat(home.name, dir_fd=here, follow_symlinks=False)
    except FileNotFoundError:
        here = -1
    try:
        yield home.name, here
    finally:
        for descriptor in opened:
            os.close(descriptor)
