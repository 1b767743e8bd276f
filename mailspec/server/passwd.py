"""Passwords that belong to users, set by an administrator: they work at once, and no converge takes them back."""

import time

from . import journal, rows, sessions
from .failure import TroubleError


def check(passwords: dict[str, str]) -> None:
    """Whether this server has the logins, and leaves their passwords to them."""
    converge = "run `site.yml` first"
    initial = f"{converge}, or change the initial password with `mailspec account passwd --initial`"
    if not journal.LOOKUP.exists() or rows.is_outdated():
        raise TroubleError("no-rows", "no converge of this version has been here", initial)
    with journal.lookup() as database:
        owners = dict(database.execute("SELECT login, owner FROM account").fetchall())
    for login in passwords:
        if login not in owners:
            raise TroubleError("no-login", f"there is no account {login} on this server yet", initial)
        if owners[login] != "user":
            raise TroubleError("not-the-users", f"the spec decides the password of {login} on this server", converge)


def put(passwords: dict[str, str]) -> None:
    """Set the hashes, all of them or none, and end the sessions that the old passwords have opened."""
    check(passwords)
    now = round(time.time())
    with journal.lookup() as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            for login, hashed in passwords.items():
                database.execute("INSERT OR REPLACE INTO user_password VALUES (?, ?, ?)", (login, hashed, now))
        except BaseException:
            if database.in_transaction:  # a full disk ends it by itself
                database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
    for login in passwords:
        sessions.end(login)
