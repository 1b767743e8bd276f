"""Answers of accounts that are away, as they reach the far end."""

import email
import email.policy
import json
import time
from collections.abc import Collection
from email.utils import parseaddr

from .exchanges import Answer
from .message import signers
from .site import Site

_MOMENT = 2
"""The seconds from a delivery to the far end having its answer."""
_NULL = "<MAILER-DAEMON>"
"""How pipe(8) of the far end writes the empty envelope sender."""


def found(site: Site, address: str) -> list[bytes]:
    """What has arrived for an address of the far end."""
    return list(site.world.messages(address))


def settle(site: Site, ids: Collection[str], end: float) -> None:
    """Wait until messages have left the queue of the server, and an answer to them had its time."""
    while time.monotonic() < end:
        waiting = {json.loads(line)["queue_id"] for line in site.run("postqueue -j").splitlines()}
        if not waiting & set(ids):
            break
        time.sleep(0.5)
    time.sleep(_MOMENT)


def problem(message: bytes, case: Answer, site: Site) -> str:
    """What is wrong with an answer (RFC 3834)."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    automatic, author, path = (str(parsed.get(name, "")) for name in ("Auto-Submitted", "From", "Return-Path"))
    if not automatic.startswith("auto-replied"):
        return f"the answer says `Auto-Submitted: {automatic}`"
    if parseaddr(author)[1] != case.login:
        return f"the answer is from {author}"
    if path.strip() != _NULL:
        return f"the answer has the envelope sender {path}"
    if case.text not in parsed.get_content().replace("\r\n", "\n"):
        return f"the answer says {parsed.get_content()!r}"
    lacking = case.keys - signers(message, site.world)
    return f"no valid signature of {sorted(lacking)}" if lacking else ""
