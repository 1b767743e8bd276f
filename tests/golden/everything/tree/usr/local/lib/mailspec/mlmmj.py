#!/usr/bin/python3
# Managed by mailspec: change the spec or templates/common/usr/local/lib/mailspec/mlmmj.py.j2, not this file.
"""Let mlmmj work on a mailing list, after the list is what its rows say; its members come and go under one lock."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

LOOKUP = Path("/var/lib/mailspec/lookup/lookup.db")
LISTS = Path("/var/lists")
JOINED = LISTS / "joined.db"
FOLDERS = (
    *("archive", "bounce", "control", "digesters.d", "incoming", "moderation", "nomailsubs.d", "queue"),
    *("queue/discarded", "requeue", "subconf", "subscribers.d", "text", "unsubconf"),
)
MEMBERS = ("subscribers.d", "digesters.d", "nomailsubs.d")
# Post for all members goes on in the background; what changes who they are is waited for.
LONG = ("", "release", "moderate")
NO_USER, LATER, KEPT = 67, 75, 77  # sysexits.h, as Postfix and web.py read them


def ask(path, sql, *values):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as database:
        return database.execute(sql, values).fetchall()


def addresses(path):
    return path.read_text(encoding="utf-8").lower().split() if path.exists() else []


def write(path, lines):
    """Replace a file in one step, from outside its directory, all of whose files mlmmj reads."""
    temporary = path.parent.parent / ".new"
    temporary.write_text("".join(lines), encoding="utf-8")
    temporary.replace(path)


@contextmanager
def alone(name):
    """The folder of a list, its own while it changes; None when there is no such list."""
    if not ask(LOOKUP, "SELECT 1 FROM mailing WHERE list = ?", name):
        yield None
        return
    local, _, domain = name.rpartition("@")
    folder = LISTS / domain / local
    for path in (folder.parent, folder, *(folder / part for part in FOLDERS)):
        path.mkdir(mode=0o700, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def settle(name, folder):
    """Bring a list to the state of its rows."""
    control = dict(ask(LOOKUP, "SELECT file, text FROM control WHERE list = ?", name))
    for path in (folder / "control").iterdir():
        if path.name not in control:
            path.unlink()
    for file, text in control.items():
        path = folder / "control" / file
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            write(path, [text])
    enrol(name, folder)


def enrol(name, folder):
    """Bring its members to the state of the rows, as far as the spec has a say; and note who joined and left."""
    ((membership,),) = ask(LOOKUP, "SELECT membership FROM mailing WHERE list = ?", name)
    wanted = {address for (address,) in ask(LOOKUP, "SELECT address FROM taken WHERE list = ?", name)}
    files = {path: addresses(path) for part in MEMBERS for path in sorted((folder / part).iterdir())}
    there = {address for lines in files.values() for address in lines}
    named = set(addresses(folder / "named"))  # by the spec, the last time
    join = wanted - there - (named if membership == "users" else set())
    away = {"spec": there - wanted, "both": (there & named) - wanted, "users": set()}[membership]
    drop(folder, away)
    for first in sorted({address[0] for address in join}):
        path = folder / "subscribers.d" / first
        more = [address for address in sorted(join) if address[0] == first]
        write(path, [f"{address}\n" for address in [*addresses(path), *more]])
    if wanted != named:
        (folder / "named.new").write_text("".join(f"{address}\n" for address in sorted(wanted)), encoding="utf-8")
        (folder / "named.new").replace(folder / "named")
    note(name, (there | join) - away - wanted, wanted - (there | join))


def drop(folder, away):
    """Take members off a list."""
    for part in MEMBERS:
        for path in (folder / part).iterdir():
            lines = addresses(path)
            if away.intersection(lines):
                write(path, [f"{line}\n" for line in lines if line not in away])


def note(name, joined, gone):
    """Tell the filter who joined by mail and who left, so that it knows who may post."""
    with closing(sqlite3.connect(JOINED, timeout=60)) as database, database:
        for table, found in (("joined", joined), ("gone", gone)):
            columns = "list TEXT, address TEXT, PRIMARY KEY (list, address)"
            database.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}) WITHOUT ROWID")
            known = {row[0] for row in database.execute(f"SELECT address FROM {table} WHERE list = ?", (name,))}
            drop = [(name, address) for address in known - found]
            database.executemany(f"DELETE FROM {table} WHERE list = ? AND address = ?", drop)
            database.executemany(f"INSERT INTO {table} VALUES (?, ?)", [(name, address) for address in found - known])


def receive(sender, user, domain, extension=""):
    """Hand the message at standard input to a list; what mlmmj could not do is tried again.

    A command that it may not follow is no failure: it answers the sender, or is silent.
    """
    name, extension = f"{user}@{domain}".lower(), extension.lower()
    with alone(name) as folder:
        if not folder:
            return NO_USER
        settle(name, folder)
        argv = ["/usr/bin/mlmmj-receive", "-L", folder, "-s", sender, "-e", extension]
        if extension.partition("-")[0] not in LONG:
            failed = subprocess.run([*argv, "-F"], check=False).returncode
            enrol(name, folder)
            return LATER if failed else 0
    return LATER if subprocess.run(argv, check=False).returncode else 0


def leave(name, address):
    """Take a member off who says so on the web, and nobody whom the spec keeps; leaving twice is leaving."""
    with alone(name) as folder:
        if not folder:
            return NO_USER
        settle(name, folder)
        ((membership,),) = ask(LOOKUP, "SELECT membership FROM mailing WHERE list = ?", name)
        named = ask(LOOKUP, "SELECT 1 FROM taken WHERE list = ? AND address = ?", name, address)
        if membership == "spec" or (membership == "both" and named):
            return KEPT
        drop(folder, {address})
        enrol(name, folder)
    return 0


def maintain():
    """What time brings: digests, second tries, and members whose mail comes back; a list that fails stops no other."""
    failed = 0
    for (name,) in ask(LOOKUP, "SELECT list FROM mailing"):
        with alone(name) as folder:
            if folder:
                settle(name, folder)
                failed |= subprocess.run(["/usr/bin/mlmmj-maintd", "-F", "-L", folder], check=False).returncode
                enrol(name, folder)
    return int(failed != 0)


os.umask(0o027)
try:
    sys.exit({"receive": receive, "leave": leave, "maintain": maintain}[sys.argv[1]](*sys.argv[2:]))
except (OSError, sqlite3.Error) as error:
    print(f"4.3.0 {error}", file=sys.stderr)
    sys.exit(LATER)
