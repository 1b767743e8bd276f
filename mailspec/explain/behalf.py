"""Sending on behalf: who may write in the name of an address, and which line says so."""

from collections.abc import Iterator

from ..problem import KeyPath
from ..routing import behalf
from .step import Sender
from .trace import Trace


def granted(trace: Trace, address: str) -> dict[str, KeyPath]:
    """The logins that may write in the name of an address, each with the part of the spec that says so."""
    name = trace.hit(address) if trace.spec.is_ours(address) else ""
    found = ((login, path) for known, login, path in behalf(trace.spec, trace.table) if known == name)
    return dict(sorted(found, reverse=True))


def envelope(trace: Trace, author: str, login: str) -> str:
    """The envelope sender that is meant when only the author is named: on behalf of another it stays the own one."""
    return login if author != login and login in granted(trace, author) else author


def senders(trace: Trace, address: str) -> Iterator[Sender]:
    """The same for people, without those who may send as the address anyway."""
    owners, _ = trace.owned_by(address)
    for login, path in sorted(granted(trace, address).items()):
        if login not in owners:
            yield Sender(login, "is named by `send_on_behalf`, and needs its own address as `Sender:`", path)
