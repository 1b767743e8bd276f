"""Lookups in 1,000,000 accounts (or as many as ARG says), asked at the daemons' sockets."""

import imaplib
import json
import ssl
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import lab
from .figure import Figure, say

SHORT = False
CLIENT = Path(__file__).with_name("lookup_client.py").read_text(encoding="utf-8")
KNOWN, ADDED = "alice@example.org", "zora.added@example.org"


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Measure with the demo's few rows first, then with many."""
    number = int(arguments[0]) if arguments else 1_000_000
    release = arguments[1] if len(arguments) > 1 else "debian-13"
    folder = lab.demo(release)
    servers = lab.lab([folder])
    say("the first converge")
    lab.settle([folder])

    def client(*arguments: str) -> str:
        return servers.run(lab.SERVER, "python3", "-", *arguments, stdin=CLIENT)

    few = json.loads(client("measure", "0", KNOWN))
    before = servers.processes
    say(f"writing {number:,} accounts")
    client("fill", str(number))
    many = json.loads(client("measure", str(number)))
    live = json.loads(client("one-more", KNOWN, ADDED))
    password = json.loads((folder / "passwords.json").read_text())[KNOWN]
    trust_any = ssl._create_unverified_context()  # noqa: S323 - who it is has been proved by ssh
    with imaplib.IMAP4_SSL(lab.addresses(0)[0], ssl_context=trust_any, timeout=30) as session:
        session.login(ADDED, password)
    if servers.processes != before:
        sys.exit("a process has restarted")
    for kind in many["times"]:
        yield _times(f"a {kind} lookup in {number:,} accounts on {release}, 99 of 100", many, few, kind)
    sides = ", ".join(f"{name} {value:.0f} ms" for name, value in live.items())
    yield Figure(
        f"one account more is live on {release}, without a reload", round(max(live.values())), None, "ms", sides
    )
    yield Figure(
        f"memory of the auth process with {number:,} accounts on {release}",
        round(many["memory"]["auth"]),
        200,
        "MB",
        f"with few {few['memory']['auth']:.0f} MB",
    )


def _times(what: str, many: dict[str, Any], few: dict[str, Any], kind: str) -> Figure:
    (middle, most), (_, most_few) = (
        (_at(found["times"][kind], 50), _at(found["times"][kind], 99)) for found in (many, few)
    )
    return Figure(what, round(most, 2), 2, "ms", f"median {middle:.2f} ms; with few rows {most_few:.2f} ms")


def _at(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]
