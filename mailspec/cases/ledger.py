"""The ledger: what the server acknowledged while its processes die, and what became of every message."""

import itertools
import json
import re
import secrets
import smtplib
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .case import Origin
from .outside import FRIEND
from .site import Site

SERVICES = ("dovecot", "postfix", "rspamd", "redis-server", "valkey-server", "unbound")
"""Whose processes die, the first ones as well as those they start."""
CLIENTS = 8
A_SESSION = 25
"""How many messages a client sends before it connects anew."""
PATIENCE = 900
"""Seconds until what was acknowledged must have left the queue."""
_QUEUED = re.compile(rb"queued as (\w+)")

_KILLER = """
import os, random, signal, sys
services = sys.argv[1].split(',')
for _ in sys.stdin:
    found = []
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            group, name = open(f'/proc/{pid}/cgroup').read(), open(f'/proc/{pid}/comm').read().strip()
        except OSError:
            continue
        unit = next((service for service in services if f'/{service}' in group), '')
        if unit:
            found.append((unit, name, int(pid)))
    unit, name, pid = random.choice(found)
    try:
        os.kill(pid, signal.SIGKILL)
        print(unit, name, flush=True)
    except ProcessLookupError:
        pass
"""

_COUNT = """
import collections, json, os, re, sys
mark = re.compile(rb'^Subject: ledger ' + sys.argv[1].encode() + rb' ([0-9]+)\\r?$', re.M)
found = collections.Counter()
for folder, _, names in os.walk('/var/vmail'):
    if os.path.basename(folder) in ('new', 'cur'):
        for name in names:
            with open(os.path.join(folder, name), 'rb') as file:
                if match := mark.search(file.read(8192)):
                    found[int(match[1])] += 1
print(json.dumps(found))
"""


class _Client(smtplib.SMTP):
    """A client at the far end, whose mail nobody doubts."""

    def __init__(self, site: Site) -> None:
        self._site = site
        super().__init__("far", 25, local_hostname=f"mail.{FRIEND}", timeout=60)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        return self._site.connect(25, Origin.WORLD)


@dataclass
class Ledger:
    """A number of messages on their way from a stranger to some mailboxes."""

    site: Site
    recipients: list[str]
    wanted: int
    """How many must be acknowledged."""
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    acknowledged: dict[int, str] = field(default_factory=dict)
    """The queue id of each message the server took."""
    unsure: set[int] = field(default_factory=set)
    """Messages whose last answer was lost: the server may have them or not."""
    refused: Counter[str] = field(default_factory=Counter)
    """Answers that meant `not now`; such a message is sent again."""
    killed: Counter[str] = field(default_factory=Counter)
    """The processes that died."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._again: list[int] = []

    def send(self, *, every: int, tell: Callable[[str], None] = lambda _: None) -> float:
        """Send until enough is acknowledged, and kill a process every so many messages; the seconds it took."""
        started = time.monotonic()
        threads = [threading.Thread(target=self._client, daemon=True) for _ in range(CLIENTS)]
        with self._start(_KILLER, ",".join(SERVICES)) as killer:
            assert killer.stdin
            for thread in threads:
                thread.start()
            told, kills = started, 0
            while any(thread.is_alive() for thread in threads):
                time.sleep(0.1)
                done = len(self.acknowledged)
                if every and done // every > kills:
                    kills = done // every
                    killer.stdin.write("\n")
                    killer.stdin.flush()
                if time.monotonic() > told + 10:
                    told = time.monotonic()
                    tell(f"{done} of {self.wanted} acknowledged, {done / (told - started):.0f}/s")
            self.killed.update((killer.communicate()[0] or "").splitlines())
        return time.monotonic() - started

    def wait(self) -> None:
        """Let the queue run empty."""
        end = time.monotonic() + PATIENCE
        while self.queued() and time.monotonic() < end:
            self.site.run("postqueue", "-f")
            time.sleep(5)

    def queued(self) -> set[str]:
        """The messages in the queue, by queue id."""
        return {json.loads(line)["queue_id"] for line in self.site.run("postqueue", "-j").splitlines()}

    def delivered(self) -> Counter[int]:
        """How often each message is in a mailbox."""
        counted = self._start(_COUNT, self.run).communicate()[0] or "{}"
        return Counter({int(number): count for number, count in json.loads(counted).items()})

    def bounced(self) -> set[str]:
        """The messages that went back to their sender, by queue id."""
        text = self.site.run("journalctl", "--no-pager", "--output=cat", "--grep=status=bounced", "||", "true")
        return set(re.findall(r"^(\w+): to=.*status=bounced", text, re.MULTILINE))

    def clean(self) -> None:
        """Take the messages out of the mailboxes again."""
        self.site.run("rm", "-f", f"/run/ledger-{self.run}.py")
        for recipient in self.recipients:
            self.site.run(
                "doveadm", "expunge", "-u", recipient, "mailbox", "INBOX", "header", "Subject", f"'ledger {self.run}'"
            )

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        """A Python program on the server."""
        path = f"/run/ledger-{self.run}.py"
        ssh = ["ssh", "-F", str(self.site.world.ssh_config), self.site.name]
        subprocess.run([*ssh, f"cat > {path}"], input=program, text=True, check=True)
        command = [*ssh, "python3", path, *arguments]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _client(self) -> None:
        while len(self.acknowledged) < self.wanted:
            try:
                with _Client(self.site) as client:
                    client.ehlo()
                    for _ in range(A_SESSION):
                        if len(self.acknowledged) >= self.wanted:
                            return
                        self._message(client)
            except (OSError, smtplib.SMTPException) as error:
                with self._lock:
                    self.refused[type(error).__name__] += 1
                time.sleep(0.5)

    def _message(self, client: smtplib.SMTP) -> None:
        with self._lock:
            number = self._again.pop() if self._again else next(self._numbers)
        recipient = self.recipients[number % len(self.recipients)]
        sent = False
        try:
            for reply in (client.mail(f"ledger@{FRIEND}"), client.rcpt(recipient), client.docmd("DATA")):
                if reply[0] not in {250, 354}:
                    raise smtplib.SMTPResponseException(*reply)
            sent = True
            client.send(self._text(number, recipient))
            code, answer = client.getreply()
            if code != 250:
                sent = False
                raise smtplib.SMTPResponseException(code, answer)
        except smtplib.SMTPResponseException as error:
            words = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
            with self._lock:
                self.refused[f"{error.smtp_code} {words.decode(errors='replace')[:60]}"] += 1
                self._again.append(number)
            time.sleep(0.2)
            client.rset()
        except (OSError, smtplib.SMTPException):
            with self._lock:
                self.unsure.add(number) if sent else self._again.append(number)
            raise
        else:
            match = _QUEUED.search(answer)
            with self._lock:
                self.acknowledged[number] = match[1].decode() if match else ""

    def _text(self, number: int, recipient: str) -> bytes:
        lines = [
            f"From: Ledger <ledger@{FRIEND}>",
            f"To: <{recipient}>",
            f"Subject: ledger {self.run} {number}",
            f"Message-ID: <{self.run}.{number}@{FRIEND}>",
            time.strftime("Date: %a, %d %b %Y %H:%M:%S +0000", time.gmtime()),
            "",
            "One line of the ledger.",
            ".",
            "",
        ]
        return "\r\n".join(lines).encode()
