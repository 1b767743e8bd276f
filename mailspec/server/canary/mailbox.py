"""What a user of the canary reads: logins with the right password, and the mail in its folder."""

import base64
import imaplib
import poplib
import smtplib
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .stranger import verified
from .trial import WAIT, ProofError, Trial

JUNK = "Junk"


class _Session(imaplib.IMAP4_SSL):
    """An IMAP session from one address of the stranger: failures of one cost those who come from there time."""

    def __init__(self, trial: Trial, number: int) -> None:
        self._begin: Callable[[], ssl.SSLSocket] = lambda: trial.any_tls.wrap_socket(trial.connect(993, number))
        super().__init__(trial.server(), 993, ssl_context=trial.any_tls, timeout=WAIT)
        trial.same_certificate(self.sock, "dovecot")

    def _create_socket(self, timeout: float | None) -> socket.socket:  # noqa: ARG002
        return self._begin()


def imap(trial: Trial) -> None:
    """The user logs in and finds the message, and later the one that came back from outside."""
    with _Session(trial, 0) as session:
        session.login(trial.user, trial.password)
        if session.getquotaroot("INBOX")[0] != "OK":
            raise ProofError("dovecot", "the quota of the mailbox is not shown")
        search = f'HEADER Message-ID "<first@{trial.facts["domain"]}>"'
        if "465" in trial.facts["ports"]:
            found = trial.wait(lambda: _find(session, f"NOT HEADER X-Canary returned {search}"), "no mail arrives")
            trial.message = found
            trial.signed.set()
        if {"25", "465"} <= trial.facts["ports"].keys():
            found = trial.wait(lambda: _find(session, "HEADER X-Canary returned"), "no mail arrives from outside")
            verified(trial, found)


def wrong_password(trial: Trial) -> None:
    """A wrong password is refused."""
    if not _is_refused(trial, -1, f"{trial.password}x"):
        raise ProofError("dovecot", "a wrong password logs in")


def app_password(trial: Trial) -> None:
    """An app password logs in from where it is for, and from nowhere else."""
    with _Session(trial, 0) as session:
        session.login(trial.user, trial.app_password)
    if not _is_refused(trial, -2, trial.app_password):
        raise ProofError("dovecot", "an app password logs in from outside of its networks")


def _is_refused(trial: Trial, number: int, password: str) -> bool:
    with _Session(trial, number) as session:
        try:
            session.login(trial.user, password)
        except imaplib.IMAP4.error as error:
            if "AUTHENTICATIONFAILED" not in str(error):
                raise
            return True
    return False


def pop3(trial: Trial) -> None:
    """The user logs in by POP3."""
    session = poplib.POP3_SSL(trial.server(), 995, timeout=WAIT, context=trial.any_tls)
    trial.same_certificate(session.sock, "dovecot")
    session.user(trial.user)
    session.pass_(trial.password)
    session.quit()


def managesieve(trial: Trial) -> None:
    """The user logs in to manage Sieve scripts, after STARTTLS only (RFC 5804)."""
    connection = trial.connect(4190)
    greeting = _answer(connection)
    if b"PLAIN" in greeting or b'"STARTTLS"' not in greeting:
        raise ProofError("dovecot", f"ManageSieve offers a login before TLS: {greeting.decode(errors='replace')}")
    connection.sendall(b"STARTTLS\r\n")
    _answer(connection)
    with trial.any_tls.wrap_socket(connection) as secure:
        trial.same_certificate(secure, "dovecot")
        _answer(secure)
        login = base64.b64encode(f"\0{trial.user}\0{trial.password}".encode()).decode()
        secure.sendall(f'AUTHENTICATE "PLAIN" "{login}"\r\n'.encode())
        _answer(secure)


def junk(trial: Trial, lmtp: Path) -> None:
    """A marked message goes to the Junk folder."""
    marked = b"X-Spam: Yes\r\n" + trial.text("marked")
    with smtplib.LMTP(str(lmtp), local_hostname="canary.example") as session:
        session.sendmail("friend@stranger.example", [trial.user], marked)
    with _Session(trial, 0) as session:
        session.login(trial.user, trial.password)
        session.select(JUNK)
        if session.search(None, "HEADER", "X-Spam", "Yes")[1] in ([b""], [None]):
            raise ProofError("dovecot", "a marked message does not go to the Junk folder")


def _find(session: imaplib.IMAP4_SSL, criteria: str) -> bytes:
    for folder in ("INBOX", JUNK):
        session.select(folder)
        numbers = session.search(None, criteria)[1][0].split()
        if numbers:
            return bytes(session.fetch(numbers[0].decode(), "(BODY.PEEK[])")[1][0][1])  # type: ignore[index]
    return b""


def _answer(connection: Any) -> bytes:
    """Everything up to the line that ends an answer; anything but OK is an error."""
    text = b""
    while not text.endswith(b"\r\n") or not text.split(b"\r\n")[-2].startswith((b"OK", b"NO", b"BYE")):
        part = connection.recv(1 << 14)
        if not part:
            raise ProofError("dovecot", f"ManageSieve hangs up: {text.decode(errors='replace')}")
        text += part
    if not text.split(b"\r\n")[-2].startswith(b"OK"):
        raise ProofError("dovecot", f"ManageSieve says: {text.decode(errors='replace').strip()}")
    return text
