"""Reading mailboxes: IMAP, POP3 and ManageSieve, by the standard library where it has them."""

import base64
import imaplib
import poplib
import re
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from ..shared import FOLDER
from .site import TIMEOUT, Site

MARK = "X-Mailspec-Case"
"""The header that says which case a message belongs to."""


class _Imap(imaplib.IMAP4_SSL):
    """IMAP to the address of the site, under the name of the server."""

    def __init__(self, site: Site, port: int, family: int = 0) -> None:
        self._site, self._family = site, family
        super().__init__(site.name, port, ssl_context=site.tls, timeout=TIMEOUT)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:  # noqa: ARG002
        raw = self._site.connect(self.port, family=self._family)
        return self._site.tls.wrap_socket(raw, server_hostname=self._site.name)


class _Pop3(poplib.POP3_SSL):
    """POP3 to the address of the site, under the name of the server."""

    def __init__(self, site: Site, port: int, family: int = 0) -> None:
        self._site, self._family = site, family
        super().__init__(site.name, port, context=site.tls, timeout=TIMEOUT)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:  # noqa: ARG002
        raw = self._site.connect(self.port, family=self._family)
        return self._site.tls.wrap_socket(raw, server_hostname=self._site.name)


@contextmanager
def imap(
    site: Site, login: str, password: str | None = None, port: int = 993, family: int = 0
) -> Iterator[imaplib.IMAP4]:
    """A session of IMAP; raises imaplib.IMAP4.error when the login is refused."""
    client = _Imap(site, port, family)
    try:
        client.login(login, site.password(login) if password is None else password)
        yield client
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            client.logout()
        with suppress(OSError):  # where the server has hung up before
            client.shutdown()


@contextmanager
def pop3(
    site: Site, login: str, password: str | None = None, port: int = 995, family: int = 0
) -> Iterator[poplib.POP3]:
    """A session of POP3; raises poplib.error_proto when the login is refused."""
    client = _Pop3(site, port, family)
    try:
        client.user(login)
        client.pass_(site.password(login) if password is None else password)
        yield client
    finally:
        with suppress(poplib.error_proto, OSError):
            client.quit()


def sieve_login(site: Site, login: str, password: str, port: int = 4190, family: int = 0) -> str:
    """The answer of ManageSieve to a login over TLS (RFC 5804)."""
    with site.connect(port, family=family) as raw:
        _sieve_answer(raw)
        raw.sendall(b"STARTTLS\r\n")
        _sieve_answer(raw)
        with site.tls.wrap_socket(raw, server_hostname=site.name) as session:
            _sieve_answer(session)
            secret = base64.b64encode(f"\0{login}\0{password}".encode()).decode()
            session.sendall(f'AUTHENTICATE "PLAIN" "{secret}"\r\n'.encode())
            return _sieve_answer(session)


def _sieve_answer(connection: socket.socket) -> str:
    text = b""
    while not re.search(rb"^(OK|NO|BYE)\b.*\r\n", text, re.MULTILINE):
        part = connection.recv(4096)
        if not part:
            break
        text += part
    return text.decode(errors="replace")


def folders(client: imaplib.IMAP4) -> list[str]:
    """The names of all folders."""
    lines = client.list()[1]
    return [
        re.sub(rb'^\(.*?\) (?:"[^"]*"|NIL) "?(.*?)"?$', rb"\1", line).decode()
        for line in lines
        if isinstance(line, bytes)
    ]


def own(client: imaplib.IMAP4) -> list[str]:
    """The same without what others share."""
    return [name for name in folders(client) if name.partition("/")[0] != FOLDER]


def found(client: imaplib.IMAP4, folder: str, token: str) -> dict[bytes, str]:
    """The marks of the latest messages of a folder that begin with a token, by UID."""
    client.select(f'"{folder}"', readonly=True)
    # not SEARCH HEADER: a server with an index of words finds other things than were asked for
    yesterday = imaplib.Time2Internaldate(time.time() - 86400).strip('"').partition(" ")[0]
    uids = client.uid("SEARCH", "SINCE", yesterday)[1][0].split()
    if not uids:
        return {}
    parts = client.uid("FETCH", b",".join(uids).decode(), f"(UID BODY.PEEK[HEADER.FIELDS ({MARK})])")[1]
    marks = {}
    for part in parts:
        if isinstance(part, tuple):
            mark = part[1].decode(errors="replace").partition(":")[2].strip()
            if mark.startswith(token):
                marks[re.findall(rb"UID (\d+)", part[0])[0]] = mark
    return marks


def whole(client: imaplib.IMAP4, folder: str, uid: bytes) -> bytes:
    """One message."""
    client.select(f'"{folder}"', readonly=True)
    parts = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1]
    return b"".join(part[1] for part in parts if isinstance(part, tuple))


def bounce(client: imaplib.IMAP4, token: str) -> bytes:
    """The notice of a bounced message; empty if there is none among the latest."""
    client.select("INBOX", readonly=True)
    for uid in reversed(client.uid("SEARCH", "FROM", "mailer-daemon")[1][0].split()[-20:]):
        message = whole(client, "INBOX", uid)
        if token.encode() in message:
            return message
    return b""


def quota(client: imaplib.IMAP4) -> tuple[int, int]:
    """How much the mailbox holds and may hold, in KiB; a limit of 0 is none."""
    for line in client.getquotaroot("INBOX")[1][1]:
        if isinstance(line, bytes) and (numbers := re.search(rb"STORAGE (\d+) (\d+)", line)):
            return int(numbers[1]), int(numbers[2])
    return 0, 0


def fill(client: imaplib.IMAP4) -> list[bytes]:
    """Fill the mailbox to the last kilobytes; the UIDs of what does."""
    used, limit = quota(client)
    uids = []
    line = b"x" * 76 + b"\r\n"
    while (room := (limit - used) * 1024 - 4096) > 0:
        text = b"Subject: This fills the mailbox\r\n\r\n" + line * (min(room, 8 * 1024**2) // len(line) - 1)
        answer, detail = client.append("INBOX", "", "", text)
        assert answer == "OK", detail
        uids += re.findall(rb"APPENDUID \d+ (\d+)", detail[0])
        used = quota(client)[0]
    return uids


def remove(client: imaplib.IMAP4, folder: str, uids: Iterable[bytes]) -> None:
    """Remove messages for good."""
    client.select(f'"{folder}"')
    if text := b",".join(uids).decode():
        client.uid("STORE", text, "+FLAGS.SILENT", "(\\Deleted)")
        client.expunge()
