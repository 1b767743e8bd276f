"""What the proofs of a canary share: who it is, when the daemons are ready, and when it is no use to go on."""

import email.utils
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .listener import Listener
from .network import Network, begun

PATIENCE = 300
"""Seconds until everything must have been proved; a busy machine needs more than the usual three."""
IDLE = 20
"""Seconds without anybody doing anything after which nothing will happen any more; postscreen waits for 6."""
GRACE = 2.0
"""Seconds the others may go on after the first trouble, so that the message can name its cause."""
_REST = 5
"""Ticks of processor time a second that daemons use while they wait."""
WAIT = 60
"""Seconds until a daemon that does not answer has failed."""

_TEXT = """\
From: {sender}
To: {recipient}
Subject: A note of the canary
Date: {date}
Message-ID: <{token}@{domain}>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

This message proves that mail can be accepted, signed and delivered.
It never leaves the room it was written in.
{more}
"""


class WaitError(Exception):
    """Something did not happen; says little when something else went wrong before."""


class UnreadyError(WaitError):
    """A daemon that others need is not ready; why, somebody else knows."""


class ProofError(Exception):
    """Something is not as it has to be; the first argument names the service."""

    def __init__(self, service: str, text: str) -> None:
        super().__init__(text)
        self.service = service


class Trial:
    """One canary and everything known about it."""

    def __init__(self, facts: dict[str, Any], password: str, listener: Listener, network: Network) -> None:
        self.facts, self.password, self.listener, self.network = facts, password, listener, network
        self.user: str = facts["user"]
        self.app_password = ""
        """A second password of the user, for the first stranger and IMAP alone."""
        self.findings: list[tuple[str, str]] = []
        """What is wrong: a service, and the words of the proof or of whoever started it."""
        self.doubts: list[tuple[str, str]] = []
        """What did not happen; findings if there are no others."""
        self.unready: list[tuple[str, str]] = []
        """What could not be tried; findings if nobody can say why."""
        self.ready: dict[str, threading.Event] = {}
        self.starting: set[str] = set()
        """Services whose commands have not come to an end yet; on a busy machine that may take long."""
        self.signed = threading.Event()
        self.message = b""
        """The message as it was delivered, once `signed` is set."""
        self._ends = time.monotonic() + PATIENCE
        self._busy = self._seen = time.monotonic()
        self._used = 0
        self._trouble: float | None = None
        self.any_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.any_tls.check_hostname = False
        self.any_tls.verify_mode = ssl.CERT_NONE  # `same_certificate` compares it with the staged one

    def prove(
        self, title: str, service: str, work: Callable[["Trial"], None], *needs: str, outside: bool = True
    ) -> threading.Thread:
        """Run a proof, as the stranger or on the server itself, once the services it needs are ready."""

        def run() -> None:
            try:
                self.need(*needs)
                work(self)
            except UnreadyError as error:
                self.unready.append((service, f"{title}: {error}"))
            except WaitError as error:
                self.doubts.append((service, f"{title}: {error}"))
            except ProofError as error:
                self.findings.append((error.service, f"{title}: {error}"))
            except Exception as error:
                self.findings.append((service, f"{title}: {_words(error)}"))

        return self.network.outside(run) if outside else begun(run)

    def need(self, *services: str) -> None:
        """Wait until services are ready; raises UnreadyError when it is over before."""
        for name in services:
            try:
                self.wait(self.ready[name].is_set, "")
            except WaitError:
                raise UnreadyError(f"{name} is not ready") from None

    def wait(self, true: Callable[[], Any], otherwise: str) -> Any:
        """What a function gives as soon as it gives something; raises WaitError when it is over."""
        while not (found := true()):
            if self.is_over():
                raise WaitError(otherwise)
            time.sleep(0.03)
        return found

    def is_over(self) -> bool:
        """Whether it is no use to wait any longer."""
        now = time.monotonic()
        if self._trouble is None and (self.findings or self.listener.trouble()):
            self._trouble = now
        idle = not self.starting and now > self._busy + IDLE
        return idle or now > self._ends or (self._trouble is not None and now > self._trouble + GRACE)

    def watch(self) -> None:
        """See whether anybody in the room still does something."""
        now = time.monotonic()
        if now < self._seen + 1:
            return
        efforts = [_effort(stat) for stat in Path("/proc").glob("[0-9]*/stat")]
        used = sum(ticks for ticks, _ in efforts)
        if used > self._used + _REST or any(wants for _, wants in efforts):
            self._busy = now
        self._used, self._seen = used, now

    def server(self, family: int = 0) -> str:
        """An address of the server."""
        addresses: list[str] = self.facts["addresses"]
        return next(a for a in addresses if not family or (":" in a) == (family == 6))

    def stranger(self, number: int = 0, family: int = 0) -> str:
        """An address of the stranger; several, so that limits by address do not count one proof for another."""
        wanted = family or (6 if ":" in self.server() else 4)
        strangers: list[str] = self.facts["strangers"]
        return [a for a in strangers if (":" in a) == (wanted == 6)][number]

    def families(self) -> list[int]:
        """The versions of IP the server has an address of."""
        return sorted({6 if ":" in address else 4 for address in self.facts["addresses"]})

    def connect(self, port: int, number: int = 0, family: int = 0) -> socket.socket:
        """A connection of the stranger to the server."""
        source = (self.stranger(number, family), 0)
        return socket.create_connection((self.server(family), port), WAIT, source_address=source)

    def smtp(self, port: int, number: int = 0, family: int = 0) -> smtplib.SMTP:
        """An SMTP session with the server, over TLS from the start on port 465, greeted."""
        source, host = (self.stranger(number, family), 0), self.server(family)
        if port == 465:
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, "canary.example", timeout=WAIT, context=self.any_tls, source_address=source
            )
            self.same_certificate(session.sock, "postfix")
        else:
            session = smtplib.SMTP(host, port, "canary.example", timeout=WAIT, source_address=source)
        session.ehlo()
        return session

    def start_tls(self, session: smtplib.SMTP) -> None:
        """Begin TLS; what is offered before must not be a login."""
        if session.has_extn("auth"):
            raise ProofError("postfix", "a login is offered before TLS")
        code, answer = session.starttls(context=self.any_tls)
        if code != 220:
            raise ProofError("postfix", f"STARTTLS is answered {code} {answer.decode(errors='replace')}")
        self.same_certificate(session.sock, "postfix")
        session.ehlo()

    def same_certificate(self, connection: Any, service: str) -> None:
        """Raises ProofError when a port has another certificate than the staged one."""
        first = self.facts["certificate"].partition("-----END CERTIFICATE-----")
        if connection.getpeercert(binary_form=True) != ssl.PEM_cert_to_DER_cert(first[0] + first[1]):
            raise ProofError(service, f"the certificate is not that of {self.facts['name']}")

    def text(self, token: str, sender: str = "", recipient: str = "", more: str = "") -> bytes:
        """A message nobody has a reason to refuse."""
        return _TEXT.format(
            sender=sender or self.user,
            recipient=recipient or self.user,
            date=email.utils.formatdate(localtime=True),
            token=token,
            domain=self.facts["domain"],
            more=more,
        ).encode()


def refused(answer: tuple[int, bytes], what: str, service: str, *codes: int) -> None:
    """Raises ProofError unless a command was refused for good, or with one of the codes."""
    code, text = answer
    if code not in codes if codes else not 500 <= code < 600:
        raise ProofError(service, f"{what} is answered {code} {text.decode(errors='replace')}")


def accepted(answer: tuple[int, bytes], what: str, service: str) -> None:
    """Raises ProofError unless a command was accepted."""
    code, text = answer
    if not 200 <= code < 400:
        raise ProofError(service, f"{what} is answered {code} {text.decode(errors='replace')}")


def sock_path(services: list[dict[str, Any]], ending: str) -> Path | None:
    """A socket that a service of ours promises."""
    places = [str(place) for service in services for place in service["listen"]]
    return next((Path(place) for place in places if place.endswith(ending)), None)


def _effort(stat: Path) -> tuple[int, bool]:
    """The processor time of a process and whether it wants more; nothing for this one, which watches."""
    try:
        text = stat.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0, False
    fields = text.rpartition(")")[2].split()
    return (0, False) if text.startswith("1 ") else (int(fields[11]) + int(fields[12]), fields[0] in "RD")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(text)}" for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
