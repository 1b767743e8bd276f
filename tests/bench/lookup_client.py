"""Runs on the server: fill the lookup database, and ask the daemons at their sockets."""

import contextlib
import json
import os
import random
import socket
import sqlite3
import sys
import time
from pathlib import Path

DATABASE = "/var/lib/mailspec/lookup/lookup.db"
ROUNDS = 20_000


def fill(number: int) -> None:
    """Write so many accounts, each with a route and a sender; what a converge does in one transaction too."""
    database = sqlite3.connect(DATABASE, isolation_level=None, timeout=60)
    database.execute("BEGIN IMMEDIATE")
    marked = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'converge'").fetchone()
    if marked:
        database.execute("INSERT INTO converge VALUES (1)")
    found = database.execute("SELECT hash FROM account LIMIT 1").fetchone()[0]
    names = [f"person{number:07d}@example.org" for number in range(number)]
    life = ("active", "0001-01-01", "9999-12-31", "imap pop3 sieve smtp", 1)
    account = ((name, "Person", *life, 10**10, "user", "9999-12-31", found) for name in names)
    database.executemany("INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", account)
    for table in ("route", "sender"):
        database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", zip(names, names, strict=True))
    if marked:
        database.execute("DELETE FROM converge")
    database.execute("COMMIT")
    hold = sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True)
    hold.execute("SELECT 1 FROM account LIMIT 1").fetchone()
    database.close()


class Auth:
    """Dovecot's auth, asked as its other processes do."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(30)
        self._socket.connect("/run/dovecot/auth-userdb")
        self._socket.recv(4096)
        self._socket.sendall(b"VERSION\t1\t1\n")
        self._number = 0

    def ask(self, kind: str, login: str) -> str:
        """The answer to `PASS` or `USER`."""
        self._number += 1
        self._socket.sendall(f"{kind}\t{self._number}\t{login}\tservice=imap\n".encode())
        return self._socket.recv(4096).decode()


class Postfix:
    """Postfix's proxymap, asked as smtpd does."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(0.5)
        self._socket.connect("/var/spool/postfix/private/proxymap")
        with contextlib.suppress(TimeoutError):
            self._socket.recv(4096)  # newer versions greet
        self._socket.settimeout(30)

    def ask(self, table: str, key: str) -> str:
        """The value of a key, or nothing."""
        fields = {"request": "lookup", "table": f"sqlite:/etc/postfix/sqlite/{table}.cf", "flags": "64", "key": key}
        request = "".join(f"{name}\0{value}\0" for name, value in fields.items())
        self._socket.sendall(request.encode() + b"\0")
        words = self._socket.recv(4096).decode().split("\0")
        return words[words.index("value") + 1]


def measure(logins: list[str]) -> dict[str, list[float]]:
    """The milliseconds of lookups of each kind, in turn; every answer must be right."""
    auth, postfix = Auth(), Postfix()
    found: dict[str, list[float]] = {"password": [], "recipient": []}
    for login in random.choices(logins, k=ROUNDS):  # noqa: S311 - which rows are asked for
        started = time.perf_counter()
        answer = auth.ask("PASS", login)
        asked = time.perf_counter()
        targets = postfix.ask("routes", login), postfix.ask("mailboxes", login)
        ended = time.perf_counter()
        if not answer.startswith("PASS") or targets != (login, login):
            sys.exit(f"wrong answer for {login}: {answer} {targets}")
        found["password"].append(1000 * (asked - started))
        found["recipient"].append(1000 * (ended - asked) / 2)
    return found


def one_more(known: str, login: str) -> dict[str, float]:
    """Add an account with the hash of a known one; the milliseconds until each daemon has it."""
    auth, postfix = Auth(), Postfix()
    if not auth.ask("USER", login).startswith("NOTFOUND") or postfix.ask("routes", login):
        sys.exit(f"{login} is there already")
    database = sqlite3.connect(DATABASE, isolation_level=None, timeout=60)
    started = time.perf_counter()
    database.execute("BEGIN IMMEDIATE")
    others = "name, state, first_day, last_day, protocols, receive, quota, owner, hash_last_day, hash"
    copied = f"INSERT INTO account SELECT ?, {others} FROM account WHERE login = ?"
    database.execute(copied, (login, known))
    database.execute("INSERT INTO route VALUES (?, ?)", (login, login))
    database.execute("COMMIT")
    found = {}
    while not auth.ask("USER", login).startswith("USER"):
        time.sleep(0.001)
    found["Dovecot"] = 1000 * (time.perf_counter() - started)
    while postfix.ask("routes", login) != login:
        time.sleep(0.001)
    found["Postfix"] = 1000 * (time.perf_counter() - started)
    return found


def memory() -> dict[str, float]:
    """The megabytes that Dovecot's auth and Postfix's proxymap have resident, the largest of each."""
    found: dict[str, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "comm").read_text().strip()
            pages = int((folder / "statm").read_text().split()[1])
        except OSError:
            continue
        if name in {"auth", "auth-worker", "proxymap"}:
            found[name] = max(found.get(name, 0), pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
    return found


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "fill":
        fill(int(arguments[0]))
    elif command == "measure":
        logins = arguments[1:] or [f"person{number:07d}@example.org" for number in range(int(arguments[0]))]
        print(json.dumps({"times": measure(logins), "memory": memory()}))
    else:
        print(json.dumps(one_more(*arguments)))
