"""Messages acknowledged while processes are killed with -9 and applies run: what is lost, what comes twice."""

import argparse
import threading
from collections.abc import Iterator
from pathlib import Path

from mailspec.cases.ledger import Ledger
from mailspec.cases.outside import FRIEND
from mailspec.cases.site import Site, World

from . import lab, many, parameter
from .figure import Figure, say

SHORT = False
ACCOUNTS = 500
"""How many mailboxes share the messages; one that got them all would slow down as no mailbox does in life."""


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Measure with as many messages as ARG says, 100,000 unless told."""
    parser = argparse.ArgumentParser(prog="script/bench ledger", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=100_000, help="messages to be acknowledged")
    parser.add_argument("--os", default="debian-13", help="the release of the server")
    parser.add_argument("--every", type=int, default=200, help="messages between two kills; 0 is none")
    parser.add_argument("--no-applies", action="store_true", help="leave the server's configuration alone")
    options = parser.parse_args(arguments)
    source = many.folder(ACCOUNTS, release=options.os)
    folder = lab.varied(source, f"ledger-{options.os}", {("spam", "allow"): [FRIEND]})
    lab.lab([folder])
    say("the first converge")
    lab.settle([folder])
    site = Site(folder, World.read(lab.FOLDER / "lab.json"))
    ledger = Ledger(site, sorted(site.book.users), options.number)
    ended = threading.Event()
    applied: list[int] = []
    applier = threading.Thread(target=_apply, args=(parameter.variants(folder, "ledger"), ended, applied), daemon=True)
    if not options.no_applies:
        applier.start()
    seconds = ledger.send(every=options.every, tell=say)
    ended.set()
    if not options.no_applies:
        applier.join()
    say("waiting for the queue")
    lab.settle([folder])
    ledger.wait()
    yield from figures(ledger, options.os, len(applied), seconds)


def _apply(folders: list[Path], ended: threading.Event, applied: list[int]) -> None:
    """Change a parameter again and again; an apply that meets a killed process may fail, and the next one mends it."""
    while not ended.is_set():
        for folder in folders:
            applied.append(lab.play([folder], lab.SITE, may_fail=True).code)
            ended.wait(10)


def figures(ledger: Ledger, release: str, applies: int, seconds: float) -> Iterator[Figure]:
    """What became of every message."""
    delivered, queued, bounced = ledger.delivered(), ledger.queued(), ledger.bounced()
    lost = [n for n, id_ in ledger.acknowledged.items() if not delivered[n] and id_ not in queued | bounced]
    twice = sum(delivered[number] > 1 for number in ledger.acknowledged)
    total = len(ledger.acknowledged)
    say(f"refused for now: {dict(ledger.refused.most_common())}")
    say(f"killed: {dict(ledger.killed.most_common())}")
    say(f"lost: {[(number, ledger.acknowledged[number]) for number in lost[:20]]}")
    what = f"of {total:,} acknowledged messages on {release}, {sum(ledger.killed.values())} kills, {applies} applies"
    rest = f"{len(queued)} still queued, {len(bounced)} bounced, {len(ledger.unsure)} without an answer"
    yield Figure(f"lost {what}", len(lost), 0, "messages", f"{rest}, {total / seconds:.0f}/s")
    yield Figure(f"delivered twice {what}", round(100 * twice / total, 3), 0.5, "%", f"{twice} messages")
