"""Shared mailboxes: who opens one and which line says so, and which ones an account opens."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model.shared import Right
from ..shared import folder
from .step import Fact, Sender

if TYPE_CHECKING:
    from .trace import Trace

_DOES = {
    Right.READ: "read mail",
    Right.WRITE: "read, flag, file and delete mail",
    Right.MANAGE: "read, flag, file and delete mail, and make folders",
}


def does(right: Right) -> str:
    """What a right lets people do, in words."""
    return _DOES[right]


def openers(trace: "Trace", address: str) -> Iterator[Sender]:
    """Who opens the shared mailbox that an address belongs to."""
    route = trace.table.get(trace.hit(address))
    for mailbox, login, right, path in trace.opened:
        if route and route.owner == mailbox and route.kind != "closed":
            yield Sender(login, f"may {_DOES[right]}, in {folder(mailbox)}", path)


def facts(trace: "Trace", login: str) -> Iterator[Fact]:
    """The shared mailboxes that an account opens."""
    for mailbox, who, right, path in trace.opened:
        if who == login:
            yield Fact(f"may {_DOES[right]}, in {folder(mailbox)}", path)
