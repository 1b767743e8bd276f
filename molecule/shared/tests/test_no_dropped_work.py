"""An apply that changes every service drops no work: held sessions go on, and new connections are answered."""

import imaplib
import itertools
import os
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mailspec.cases import mailbox
from mailspec.cases.case import Mail, Origin, Reaches
from mailspec.cases.message import compose, sign
from mailspec.cases.outside import FRIEND, STRANGER
from mailspec.cases.playbook import PROJECT, command, converge, environment, eventually
from mailspec.cases.site import Site, World
from mailspec.cases.smtp import Session

SITE = Site(Path(os.environ["MAILSPEC_SPEC"]), World.read(Path(os.environ["MAILSPEC_LAB"])))
USERS = list(SITE.book.users)
HELD = 25
CONNECTS = 1000
LOCAL = """
local:
  postfix: |
    smtp_destination_concurrency_limit = 7
  dovecot: |
    service imap {
      process_limit = 1000
    }
  rspamd:
    override.d/neural.conf: |
      enabled = false;
  unbound: |
    server:
        local-data: "printer.example. A 198.51.100.9"
  nftables: |
    tcp dport 9100 accept
"""
GREETINGS = {25: b"220", 465: b"220", 587: b"220", 993: b"* OK"}
GOODBYES = {25: b"QUIT\r\n", 465: b"QUIT\r\n", 587: b"QUIT\r\n", 993: b"a LOGOUT\r\n"}


@dataclass
class HeldMail:
    """A message that is half sent, or about to be."""

    session: Session
    user: str
    token: str
    middle: bool
    """Whether it waits in the middle of DATA, not after EHLO."""

    @property
    def message(self) -> bytes:
        sender = self.user if self.session.port != 25 else STRANGER
        mail = Mail(id="held", sentence="held", to=(self.user,), expect=Reaches(frozenset({self.user})), sender=sender)
        text = compose(mail, self.token)
        return text if self.session.port != 25 else sign(text, FRIEND, SITE.world)

    def begin(self) -> None:
        self.session.greet()
        if self.session.port != 25:
            self.session.login(self.user, SITE.password(self.user))
        if self.middle:
            self.envelope()
            self.session.write(self.message[:200])

    def envelope(self) -> None:
        self.session.start(self.user if self.session.port != 25 else STRANGER, (self.user,))

    def finish(self) -> None:
        if not self.middle:
            self.envelope()
        self.session.write(self.message[200 if self.middle else 0 :] + b".\r\n")
        self.session.expect("DATA", 250)
        self.session.command("QUIT", "", 221)
        self.session.close()


@dataclass
class HeldMailbox:
    """A mail program that is logged in, waiting for news or not."""

    client: imaplib.IMAP4
    idle: bool

    def begin(self) -> None:
        self.client.select("INBOX")
        if self.idle:
            self.client.send(b"i1 IDLE\r\n")
            assert self.client.readline().startswith(b"+")

    def finish(self) -> None:
        if self.idle:
            self.client.send(b"DONE\r\n")
            while not (line := self.client.readline()).startswith(b"i1 "):
                assert line.startswith((b"* OK", b"* LIST", b"* STATUS")) or line[2:3].isdigit(), line
            assert line.startswith(b"i1 OK"), line
        assert self.client.noop()[0] == "OK"
        assert self.client.search(None, "ALL")[0] == "OK"
        self.client.logout()


@dataclass
class Connects:
    """Connects all the time, and counts what comes of it."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    results: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.results[self.once()] += 1
            except OSError as error:
                self.results[f"{type(error).__name__}: {error}"] += 1

    def once(self) -> str:
        connection = SITE.connect(self.port)
        if self.port in {465, 993}:
            connection = SITE.tls.wrap_socket(connection, server_hostname=SITE.name)
        with connection:
            line = connection.recv(512)
            while line.startswith(b"220-") and b"\n220 " not in line:
                more = connection.recv(512)
                if not more:
                    return "closed"
                line += more
            connection.sendall(GOODBYES[self.port])
            return "answered" if line.startswith(GREETINGS[self.port]) else repr(line)


def held_mail(run: str) -> list[HeldMail]:
    """Sessions of every port, half of them in the middle of a message."""
    ports, users, middle = itertools.cycle((465, 587, 25)), itertools.cycle(USERS), itertools.cycle((True, True, False))
    found = []
    for number in range(HELD):
        port = next(ports)
        origin = Origin.WORLD if port == 25 else Origin.CONTROLLER
        found.append(HeldMail(Session(SITE, port, origin), next(users), f"{run}-{number}", next(middle)))
    return found


def held_mailboxes() -> list[HeldMailbox]:
    """Mail programs of every user, as many as one may have open."""
    count = min(HELD, 18 * len(USERS))
    clients = [mailbox._Imap(SITE, 993) for _ in range(count)]
    for client, user in zip(clients, itertools.cycle(USERS), strict=False):
        client.login(user, SITE.password(user))
    return [HeldMailbox(client, bool(number % 5 < 2)) for number, client in enumerate(clients)]


def every(work: list[Callable[[], None]]) -> list[str]:
    """Do everything at once; what failed."""

    def attempt(one: Callable[[], None]) -> str:
        try:
            one()
        except Exception as error:
            return f"{getattr(one, '__self__', one)}: {error}"
        return ""

    with ThreadPoolExecutor(len(work)) as pool:
        return [said for said in pool.map(attempt, work) if said]


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Path]:
    """The spec with another line for every service; the server goes back to the real one afterwards."""
    spec = Path(shutil.copytree(SITE.folder, tmp_path / "spec"))
    with (spec / "mail.yml").open("a") as file:
        file.write(LOCAL)
    yield spec
    converge()


def arrived(user: str, run: str) -> int:
    """How many messages of a run are in a mailbox."""
    with mailbox.imap(SITE, user) as client:
        return sum(len(mailbox.found(client, folder, run)) for folder in ("INBOX", "Junk"))


def test_sessions_and_connections_survive_an_apply(changed: Path) -> None:
    run = f"held{time.time_ns()}"
    connects = [Connects(port) for port in GREETINGS]
    Connects(25).once()  # a stranger's first greeting takes six seconds
    mails, boxes = held_mail(run), held_mailboxes()
    held: list[HeldMail | HeldMailbox] = [*mails, *boxes]
    assert every([one.begin for one in held]) == []
    threads = [threading.Thread(target=one.run) for one in connects]
    for thread in threads:
        thread.start()
    apply = subprocess.run(
        command("site.yml", spec=changed), cwd=PROJECT, env=environment(), text=True, capture_output=True, check=False
    )
    eventually(
        lambda: all(sum(one.results.values()) >= CONNECTS / len(connects) for one in connects), "too few connects"
    )
    for one in connects:
        one.stop.set()
    for thread in threads:
        thread.join()
    assert apply.returncode == 0, apply.stdout[-3000:]
    assert every([one.finish for one in held]) == []
    assert {port: dict(one.results) for port, one in zip(GREETINGS, connects, strict=True)} == {
        one.port: {"answered": one.results["answered"]} for one in connects
    }
    eventually(lambda: sum(arrived(user, run) for user in USERS) >= HELD, "not every message arrived")
