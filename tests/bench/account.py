"""One account added to 1,000 and 10,000 (or as many as ARG says) until it can log in, against a one-task ping play."""

import imaplib
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import lab, many
from .figure import ROUNDS, Figure, alternate, ratio, say

SHORT = True
LIMITS = {1000: 3.0, 10_000: 3.0, 100_000: 5.0}
LISTS = {10_000: 500}
"""How many lists there are beside so many accounts."""
VALIDATE = {10_000: 2.0}
"""The seconds `mailspec validate` may take, from start to end."""
LOGIN = f"{many.ADDED}@example.org"


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Measure for each number of accounts; a run for 100,000 takes some minutes."""
    for number in map(int, arguments or ["1000", "10000"]):
        yield from _measure(number)


def _measure(number: int) -> Iterator[Figure]:
    folder = many.folder(number, LISTS.get(number, 0))
    size = f"{number:,} accounts" + (f" and {LISTS[number]} lists" if number in LISTS else "")
    more = many.with_one_more(folder, lab.SPECS / f"{folder.name}-and-one")
    servers = lab.lab([folder])
    say(f"the first converge of {size}")
    first = lab.settle([folder]).seconds
    before = servers.processes
    turns: dict[str, Callable[[], float]] = {
        "ping": lambda: lab.ping([lab.SERVER]),
        "converge": lambda: lab.converge([folder], changed=False).seconds,
        "account": lambda: _added(folder, more),
        "validate": lambda: _validated(folder),
    }
    medians = alternate(turns, ROUNDS if number < 10_000 else 3)
    if servers.processes != before:
        sys.exit("a new account touched a process")
    what = f"one account added to {size}, until it can log in; no process is touched"
    yield ratio(what, medians, "account", "ping", LIMITS.get(number))
    yield ratio(f"a converge without a change of {size}", medians, "converge", "ping", None)
    yield Figure(f"the first converge of {size}, packages there", round(first, 1), unit="s")
    yield Figure(f"`mailspec validate` of {size}", round(medians["validate"], 2), VALIDATE.get(number), unit="s")


def _validated(folder: Path) -> float:
    """The seconds of `mailspec validate`, with the start of Python."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "mailspec", "validate", str(folder)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def _added(folder: Path, more: Path) -> float:
    """The seconds until a new account can log in; afterwards it is gone again."""
    started = time.monotonic()
    lab.converge([more], "-e", f"mailspec_restore={many.ADDED}", changed=True)  # it has been there before
    _log_in()
    seconds = time.monotonic() - started
    lab.converge([folder], changed=True)
    return seconds


def _log_in() -> None:
    trust_any = ssl._create_unverified_context()  # noqa: S323 - who it is has been proved by ssh
    with imaplib.IMAP4_SSL(lab.addresses(0)[0], ssl_context=trust_any, timeout=30) as client:
        client.login(LOGIN, many.KNOWN)
