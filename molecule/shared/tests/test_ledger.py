"""The server keeps what it acknowledged: messages on their way while its processes die and applies run."""

import os
import threading
from pathlib import Path

import pytest

from mailspec.cases.ledger import Ledger
from mailspec.cases.playbook import converge, folder, play
from mailspec.cases.site import Site, World
from mailspec.cases.variant import variant

FOLDER = folder()
MESSAGES = 2500
"""On each of the two releases; `script/bench ledger` sends as many as one likes."""
EVERY = 200
"""A process dies whenever so many more are acknowledged."""
MOST_TWICE = 0.005
ROOM = 100 * 1024**2


@pytest.fixture
def ledger() -> Ledger:
    site = Site(FOLDER, World.read(Path(os.environ["MAILSPEC_LAB"])))
    users = {login: account.quota for login, account in site.book.users.items()}
    roomy = [login for login, quota in users.items() if not quota or quota > ROOM]
    return Ledger(site, (roomy or list(users))[:4], MESSAGES)


def test_no_acknowledged_message_is_lost_and_few_come_twice(ledger: Ledger, tmp_path: Path) -> None:
    folders = [variant(FOLDER, tmp_path / "spec", {("limits", "recipients"): 99}), FOLDER]
    applies = threading.Thread(target=lambda: [play("site.yml", spec=spec) for spec in folders])
    applies.start()
    ledger.send(every=EVERY)
    applies.join()
    converge()
    ledger.wait()
    delivered, gone = ledger.delivered(), ledger.queued() | ledger.bounced()
    lost = [id_ for number, id_ in ledger.acknowledged.items() if not delivered[number] and id_ not in gone]
    twice = sum(delivered[number] > 1 for number in ledger.acknowledged)
    ledger.clean()
    assert lost == []
    assert twice <= MOST_TWICE * MESSAGES, f"{twice} of {MESSAGES} came twice"
    assert ledger.killed, "nothing died"
