"""Acting on a case: the one place that knows what each kind of case does to a server."""

import imaplib
import poplib
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parseaddr
from functools import singledispatch

from . import mailbox, probes, store
from .case import (
    Allowance,
    Case,
    Full,
    Kept,
    Login,
    Mail,
    OpenPorts,
    Origin,
    PlainText,
    Quota,
    Reaches,
    Retrieve,
    Smuggle,
    Tls,
)
from .message import compose, envelope, sign
from .outside import STRANGER
from .site import Site
from .smtp import RefusedError, Reply, Session

PATIENCE = 30
"""The seconds a message may take to arrive."""


@dataclass(frozen=True)
class Evidence:
    """What happened."""

    replies: tuple[Reply, ...] = ()
    problem: str = ""
    """What went wrong; a mail's fate is judged later, when all mail has arrived."""

    @property
    def queue_id(self) -> str:
        """The message in the server's queue, if it came that far."""
        return self.replies[-1].queue_id if self.replies else ""


@singledispatch
def act(case: Case, site: Site, token: str) -> Evidence:  # noqa: ARG001
    """Do what a case says."""
    raise TypeError(f"nothing is known about {type(case).__name__}")


@act.register
def _(case: Mail, site: Site, token: str) -> Evidence:
    message = compose(case, token)
    if case.signed:
        author = parseaddr((case.authors or (case.sender,))[0])[1]
        message = sign(message, author.rpartition("@")[2], site.world)
    origin = case.origin if case.port == 25 else Origin.CONTROLLER
    with Session(site, case.port, origin, case.family) as session:
        with suppress(RefusedError):
            session.greet()
            if case.login:
                session.login(case.login, site.password(case.login))
            session.send(envelope(case, token), case.to, message, case.size)
        return Evidence(tuple(session.replies))


@act.register
def _(case: Retrieve, site: Site, token: str) -> Evidence:
    mail = Mail(id=case.id, sentence=case.sentence, to=(case.login,), expect=Reaches(frozenset({case.login})))
    sent = act(mail, site, token)
    if not sent.queue_id:
        return replace(sent, problem=f"the message was not accepted: {sent.replies[-1]}")
    body = compose(mail, token).partition(b"\r\n\r\n")[2]
    read = _by_imap if case.protocol == "imap" else _by_pop3
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if got := read(case.login, site, token):
            same = got.partition(b"\r\n\r\n")[2] == body
            return replace(sent, problem="" if same else f"the body changed on its way: {got!r}")
        time.sleep(1)
    return replace(sent, problem=f"the message did not arrive within {PATIENCE} s")


def _by_imap(login: str, site: Site, token: str) -> bytes:
    with mailbox.imap(site, login) as client:
        for uid in mailbox.found(client, "INBOX", token):
            return mailbox.whole(client, "INBOX", uid)
    return b""


def _by_pop3(login: str, site: Site, token: str) -> bytes:
    with mailbox.pop3(site, login) as client:
        for number in range(client.stat()[0], 0, -1):
            if any(token.encode() in line for line in client.top(number, 0)[1]):
                return b"".join(line + b"\r\n" for line in client.retr(number)[1])
    return b""


@act.register
def _(case: Login, site: Site, token: str) -> Evidence:  # noqa: ARG001
    password = site.password(case.login, case.password, case.app)
    answer = _login(case, site, password)
    if answer and case.succeeds:
        return Evidence(problem=f"the login failed: {answer}")
    if not answer and not case.succeeds:
        return Evidence(problem="the login succeeded")
    return Evidence()


def _login(case: Login, site: Site, password: str) -> str:
    """Log in; the server's words if it refuses."""
    try:
        if case.protocol == "imap":
            with mailbox.imap(site, case.login, password, case.port, case.family):
                return ""
        if case.protocol == "pop3":
            with mailbox.pop3(site, case.login, password, case.port, case.family):
                return ""
        if case.protocol == "sieve":
            answer = mailbox.sieve_login(site, case.login, password, case.port, case.family)
            return "" if answer.startswith("OK") else answer.strip()
        with Session(site, case.port, family=case.family) as session:
            session.greet()
            session.login(case.login, password)
            return ""
    except (imaplib.IMAP4.error, poplib.error_proto, RefusedError) as error:
        return str(error)


@act.register
def _(case: Quota, site: Site, token: str) -> Evidence:  # noqa: ARG001
    with mailbox.imap(site, case.login) as client:
        _, limit = mailbox.quota(client)
    same = limit == case.limit // 1024
    return Evidence(problem="" if same else f"the limit is {limit} KiB, not {case.limit // 1024}")


@act.register
def _(case: Full, site: Site, token: str) -> Evidence:  # noqa: ARG001
    with mailbox.imap(site, case.login) as client:
        uids = mailbox.fill(client)
        try:
            replies = [_recipient(site, address) for address in case.to]
        finally:
            mailbox.remove(client, "INBOX", uids)
    wrong = [str(reply) for reply in replies if reply.code != 552]
    return Evidence(tuple(replies), "; ".join(wrong))


def _recipient(site: Site, address: str) -> Reply:
    """The answer to a recipient of a message of 20 kB."""
    with Session(site, 25, Origin.WORLD) as session:
        with suppress(RefusedError):
            session.greet()
            session.command("MAIL", f"FROM:<{STRANGER}> SIZE=20000", 250)
            session.command("RCPT", f"TO:<{address}>", 250)
        return Reply(f"RCPT TO:<{address}>", session.last.code, session.last.text)


@act.register
def _(case: Allowance, site: Site, token: str) -> Evidence:
    mail = Mail(id=case.id, sentence=case.sentence, to=(case.to,), expect=Kept(), login=case.login, sender=case.login)
    replies = []
    for used in ((case.messages - 1, 0), (0, case.recipients - 1)):
        with store.counted(site, case.login, *used):
            replies += [act(replace(mail, port=465), site, token).replies[-1] for _ in range(2)]
    wrong = [str(reply) for reply, code in zip(replies, (250, 451) * 2, strict=True) if reply.code != code]
    return Evidence(tuple(replies), "; ".join(wrong))


@act.register
def _(case: Smuggle, site: Site, token: str) -> Evidence:
    inner = Mail(id=case.id, sentence=case.sentence, to=(case.to,), expect=Kept())
    message = compose(inner, token)
    commands = f"MAIL FROM:<{STRANGER}>\r\nRCPT TO:<{case.to}>\r\nDATA\r\n".encode()
    with Session(site, 25, Origin.WORLD) as session:
        with suppress(RefusedError):
            session.greet()
            session.start(STRANGER, (case.to,))
            session.write(message.removesuffix(b"\r\n") + case.ending + commands + message + b".\r\nQUIT\r\n")
            sent = len(session.replies)
            while session.last.code != 221:
                session.expect("DATA", None)
            taken = len(session.replies) - sent - 2
            problem = f"the server took {taken} commands from inside the message" if taken > 0 else ""
            return Evidence(tuple(session.replies), problem)
        return Evidence(tuple(session.replies))


@act.register
def _(case: PlainText, site: Site, token: str) -> Evidence:  # noqa: ARG001
    return Evidence(problem=probes.plain_text(site, case.protocol, case.port))


@act.register
def _(case: Tls, site: Site, token: str) -> Evidence:  # noqa: ARG001
    return Evidence(problem=probes.handshake(site, case))


@act.register
def _(case: OpenPorts, site: Site, token: str) -> Evidence:  # noqa: ARG001
    return Evidence(problem=probes.difference(probes.scan(case.address, case.ports), case.ports))
