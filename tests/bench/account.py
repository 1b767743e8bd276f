"""One account added to 1,000 (or as many as ARG says), until it can log in, against a one-task ping play."""

import imaplib
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import lab, many
from .figure import ROUNDS, Figure, alternate, ratio, say

SHORT = True
LIMITS = {1000: 3.0, 100_000: 5.0}
LOGIN = f"{many.ADDED}@example.org"


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Measure for each number of accounts; a run for 100,000 takes some minutes."""
    for number in map(int, arguments or ["1000"]):
        yield from _measure(number)


def _measure(number: int) -> Iterator[Figure]:
    folder = many.folder(number)
    more = many.with_one_more(folder, lab.SPECS / f"{folder.name}-and-one")
    servers = lab.lab([folder])
    say(f"the first converge of {number:,} accounts")
    first = lab.settle([folder]).seconds
    before = servers.processes
    turns: dict[str, Callable[[], float]] = {
        "ping": lambda: lab.ping([lab.SERVER]),
        "converge": lambda: lab.converge([folder], changed=False).seconds,
        "account": lambda: _added(folder, more),
    }
    medians = alternate(turns, ROUNDS if number < 10_000 else 3)
    if servers.processes != before:
        sys.exit("a new account touched a process")
    what = f"one account added to {number:,}, until it can log in; no process is touched"
    yield ratio(what, medians, "account", "ping", LIMITS.get(number))
    yield ratio(f"a converge without a change of {number:,} accounts", medians, "converge", "ping", None)
    yield Figure(f"the first converge of {number:,} accounts, packages there", round(first, 1), unit="s")


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
