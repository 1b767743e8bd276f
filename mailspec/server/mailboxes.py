"""Mailboxes and mailing lists on the disk: where they are, and how a mailbox moves when its login is renamed."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import generation, journal

VMAIL = Path("/var/vmail")
"""Below it every mailbox: `<domain>/<local part>`, with its folders, filters and indexes."""
LISTS = Path("/var/lists")
"""Below it every mailing list: `<domain>/<local part>`, with its archive and members."""


LIST = "list:"
"""What the tombstone of a mailing list begins with."""


def home(login: str) -> Path:
    """The directory of a mailbox, or of a mailing list that has a tombstone."""
    local, _, domain = login.removeprefix(LIST).rpartition("@")
    if {local, domain} & {"", ".", ".."} or "/" in login:
        raise ValueError(f"{login} is no login")  # only a hand can have written it
    return (LISTS if login.startswith(LIST) else VMAIL) / domain / local


def exists(login: str) -> bool:
    """Whether there is a mailbox."""
    return home(login).is_dir() and not home(login).is_symlink()


def paths(moves: list[list[str]]) -> list[list[str]]:
    """The directories that move for some logins, from and to; who never got mail has none."""
    return [[str(home(old)), str(home(new))] for old, new in moves if exists(old)]


def move(entry: dict[str, Any]) -> None:
    """Give mailboxes their new names, each at once; under the old one mail on its way still finds them."""
    for old, new in entry["moves"]:
        folder, above = Path(new).parent, Path(old).parent.stat()
        if not folder.exists():
            folder.mkdir(mode=0o700)
            os.chown(folder, above.st_uid, above.st_gid)
        Path(new).symlink_to(new)  # after the exchange it stands under the old name
        journal.exchange(old, new)
        for parent in {folder, Path(old).parent}:
            journal.sync_directory(parent)


def make(logins: Iterable[str]) -> None:
    """Give mailboxes that have no inbox yet an empty one: Dovecot makes it for a login, or with the first message."""
    owner = VMAIL.stat()
    for login in logins:
        inbox = home(login) / "Maildir"
        if home(login).is_symlink():
            continue
        for folder in (home(login).parent, home(login), inbox, *(inbox / name for name in ("cur", "new", "tmp"))):
            if not folder.is_dir():
                folder.mkdir(mode=0o700)
                os.chown(folder, owner.st_uid, owner.st_gid)


def forget_old_names() -> None:
    """Remove the old names of what the last switch has moved: since then whatever was on its way has arrived."""
    for old, _ in generation.load().get("moves", []):
        if home(old).is_symlink():
            home(old).unlink()
