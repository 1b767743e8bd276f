"""The server keeps what it acknowledged: messages on their way while its processes die and applies run."""

import os
import re
import shutil
import threading
from pathlib import Path

import pytest

from mailspec.cases.ledger import Ledger
from mailspec.cases.playbook import converge, folder, play
from mailspec.cases.site import Site, World

FOLDER = folder()
MESSAGES = 2500
"""On each of the two releases; `script/bench ledger` sends as many as one likes."""
EVERY = 200
"""A process dies whenever so many more are acknowledged."""
MOST_TWICE = 0.005
ROOM = 100 * 1024**2


def one_parameter_more(target: Path) -> Path:
    """A copy of the spec in which one parameter differs."""
    made = Path(shutil.copytree(FOLDER, target))
    text = re.sub(r"\n  recipients: .*", "", (made / "mail.yml").read_text())
    (made / "mail.yml").write_text(text.replace("\nlimits:\n", "\nlimits:\n  recipients: 99\n", 1))
    return made


@pytest.fixture
def ledger() -> Ledger:
    site = Site(FOLDER, World.read(Path(os.environ["MAILSPEC_LAB"])))
    users = {login: account.quota for login, account in site.book.users.items()}
    roomy = [login for login, quota in users.items() if not quota or quota > ROOM]
    return Ledger(site, (roomy or list(users))[:4], MESSAGES)


def test_no_acknowledged_message_is_lost_and_few_come_twice(ledger: Ledger, tmp_path: Path) -> None:
    folders = [one_parameter_more(tmp_path / "spec"), FOLDER]
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
