"""Messages of the cases: written as the case says, signed where it asks, and signatures read back."""

import email.utils
from collections.abc import Iterable

import dkim
import dns.message
import dns.query
import dns.rdatatype

from .case import Mail
from .mailbox import MARK
from .outside import SELECTOR
from .site import World


def envelope(mail: Mail, token: str) -> str:
    """The sender of a case."""
    return f"{token}{mail.sender}" if mail.fresh else mail.sender


def compose(mail: Mail, token: str) -> bytes:
    """The message of a case, lines ending in CRLF."""
    authors = (envelope(mail, token),) if mail.authors is None else mail.authors
    domain = email.utils.parseaddr(authors[0])[1].rpartition("@")[2]
    headers = {
        "To": f"<{mail.to[0]}>" if mail.to[0].isascii() and mail.to[0].count("@") == 1 else "undisclosed-recipients:;",
        "Subject": f"Case {mail.id}",
        "Date": email.utils.formatdate(localtime=False),
        "Message-ID": f"<{token}@{domain}>",
        MARK: token,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "7bit",
    }
    lines = [f"From: {author}" for author in authors]
    lines += [f"{name}: {value}" for name, value in headers.items() if name not in mail.without]
    lines += mail.headers
    body = [f"Case {token} proves: {mail.sentence}.", "", mail.text]
    return "".join(f"{line}\r\n" for line in [*lines, "", *body]).encode()


def sign(message: bytes, domain: str, world: World) -> bytes:
    """The message with a signature of a domain of the far end."""
    headers = [b"from", b"to", b"subject", b"date", b"message-id"]
    signature: bytes = dkim.sign(message, SELECTOR.encode(), domain.encode(), world.key, include_headers=headers)
    return signature + message


def signers(message: bytes, world: World) -> frozenset[tuple[str, str]]:
    """Domain and selector of each signature of a message that verifies against the zones the world serves."""

    def lookup(name: bytes, timeout: float = 5) -> bytes | None:
        return _txt(name.decode(), world, timeout)

    found = set()
    verifier = dkim.DKIM(message)
    for index in range(_signatures(verifier.headers)):
        verifier = dkim.DKIM(message)
        try:
            good = verifier.verify(index, dnsfunc=lookup)
        except (dkim.DKIMException, ValueError):
            good = False
        if good:
            found.add((verifier.domain.decode(), verifier.selector.decode()))
    return frozenset(found)


def _signatures(headers: Iterable[tuple[bytes, bytes]]) -> int:
    return sum(name.lower() == b"dkim-signature" for name, _ in headers)


def _txt(name: str, world: World, timeout: float) -> bytes | None:
    query = dns.message.make_query(name, dns.rdatatype.TXT)
    answer, _ = dns.query.udp_with_fallback(query, next(iter(world.addresses.values())), timeout=timeout)
    for entry in answer.answer:
        for record in entry:
            if record.rdtype == dns.rdatatype.TXT:
                return b"".join(record.strings)
    return None
