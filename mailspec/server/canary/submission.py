"""What a user of the canary sends: accepted after a login, and never under another name."""

import smtplib
import socket

from .trial import ProofError, Trial, accepted, refused

OUTSIDE = "friend@stranger.example"


def submissions(trial: Trial) -> None:
    """A message by port 465, to the user and to the outside; other names are refused."""
    with trial.smtp(465, 1) as session:
        session.login(trial.user, trial.password)
        _as_somebody_else(trial, session)
        session.rset()
        accepted(session.mail(trial.user), "MAIL FROM the user", "postfix")
        for recipient in (trial.facts["alias"], OUTSIDE):
            accepted(session.rcpt(recipient), f"RCPT TO:<{recipient}>", "postfix")
        accepted(session.data(trial.text("first")), "a message of the user", "rspamd")


def submission(trial: Trial) -> None:
    """A login by port 587, which is offered after STARTTLS only; nothing is accepted without."""
    with trial.smtp(587, 2) as session:
        trial.start_tls(session)
        session.mail(trial.user)
        refused(session.rcpt(OUTSIDE), f"RCPT TO:<{OUTSIDE}> without a login", "postfix")
        session.rset()
        session.login(trial.user, trial.password)
        accepted(session.mail(trial.user), "MAIL FROM the user", "postfix")
        accepted(session.rcpt(OUTSIDE), f"RCPT TO:<{OUTSIDE}>", "postfix")
    if blocked := trial.facts.get("blocked"):  # the facts of an earlier generation have none
        with trial.smtp(587, 3) as session:
            trial.start_tls(session)
            session.login(blocked, trial.password)
            session.mail(blocked)
            refused(session.rcpt(OUTSIDE), "a message of a user who is send-blocked", "postfix")


def sink(trial: Trial) -> None:
    """The mail server of the outside: it takes one message, which must be signed."""
    family = socket.AF_INET6 if ":" in trial.stranger() else socket.AF_INET
    with socket.create_server((trial.stranger(), 25), family=family) as server:
        server.settimeout(0.1)
        connection = trial.wait(lambda: _accept(server), "no mail goes out")
        connection.settimeout(30)
        message = _converse(connection)
    if b"DKIM-Signature:" not in message:
        raise ProofError("rspamd", "a message that goes out is not signed")


def _as_somebody_else(trial: Trial, session: smtplib.SMTP) -> None:
    foreign = f"somebody-else@{trial.facts['domain']}"
    session.mail(foreign)
    refused(session.rcpt(trial.user), f"MAIL FROM:<{foreign}> of another user", "postfix")
    session.rset()
    accepted(session.mail(trial.user), "MAIL FROM the user", "postfix")
    accepted(session.rcpt(trial.user), f"RCPT TO:<{trial.user}>", "postfix")
    answer = session.data(trial.text("forged", sender=foreign))
    refused(answer, f"a message with `From: {foreign}` of another user", "rspamd")


def _accept(server: socket.socket) -> socket.socket | None:
    try:
        return server.accept()[0]
    except TimeoutError:
        return None


def _converse(connection: socket.socket) -> bytes:
    """The message of a client that hands over one."""
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 stranger.example ESMTP\r\n")
        for line in lines:
            if line[:4].upper() == b"DATA":
                connection.sendall(b"354 go on\r\n")
                message = b"".join(iter(lines.readline, b".\r\n"))
                connection.sendall(b"250 ok\r\n")
                return message
            connection.sendall(b"250 ok\r\n")
    return b""
