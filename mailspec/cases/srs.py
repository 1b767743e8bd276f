"""Senders of ours in the envelope of forwarded mail, as the far end sees them."""

import email
import re

from .exchanges import Forwarded
from .mailbox import MARK
from .message import signers
from .outside import FRIEND, SELECTOR
from .site import Site

_NULL = "MAILER-DAEMON"
"""How pipe(8) of the far end writes the empty envelope sender."""


def arrived(site: Site, address: str, token: str) -> bytes:
    """The message with a mark that arrived for an address of the far end."""
    for message in site.world.messages(address):
        if str(email.message_from_bytes(message).get(MARK, "")).strip() == token:
            return message
    return b""


def sender(message: bytes) -> str:
    """The envelope sender of a message that arrived."""
    return str(email.message_from_bytes(message).get("Return-Path", "")).strip(" <>")


def forged(address: str) -> str:
    """The same address with another signature."""
    tag, rest = address[:5], address[5:]
    return f"{tag}{'A' if rest[0] != 'A' else 'B'}{rest[1:]}"


def problem(message: bytes, case: Forwarded, site: Site) -> str:
    """What is wrong with a message that was forwarded."""
    path = sender(message)
    if not case.domain:
        return "" if path == _NULL else f"it has the sender <{path}>"
    if not re.fullmatch(rf"SRS0=[^=@]+=[^=@]+={re.escape(FRIEND)}=[^@]+@{re.escape(case.domain)}", path):
        return f"it has the sender <{path}>"
    if (FRIEND, SELECTOR) not in signers(message, site.world):
        return "the signature of its author is broken"
    return ""
