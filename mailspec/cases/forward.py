"""Forwards: mail that leaves again has a sender of ours (SRS), its bounces come back, and no loop goes on."""

from collections.abc import Iterator

from ..model.aliases import Writers
from ..model.lists import Post
from .book import Book
from .case import Case, Mail, Refused
from .exchanges import Forwarded
from .outside import FRIEND

_VISITS = 5
"""How many passages through the server are one too many."""


def cases(book: Book) -> Iterator[Case]:
    """The cases of every account that forwards to the outside, and of one alias and list that lead there."""
    spec = book.spec
    forwards = [spec.address(name) for name, account in spec.accounts.items() if account.forward]
    aliases = [spec.address(name) for name, alias in spec.aliases.items() if alias.post is Writers.ANYONE]
    lists = [spec.address(name) for name, entry in spec.lists.items() if entry.post is Post.ANYONE]
    for addresses in (forwards, _leading_out(book, aliases)[:1], _leading_out(book, lists)[:1]):
        for address in _leading_out(book, addresses):
            end = _outside(book, address)[0]
            for kind, domain in (("sender", spec.canonical(spec.main_domain)), ("null", "")):
                what = f"with a sender in {domain}, to which bounces may go" if domain else "without a sender"
                bounce = "" if domain else "a bounce of "
                yield Forwarded(
                    id=f"forward/{address}/{kind}",
                    sentence=f"{bounce}mail to {address} leaves for {end} {what}",
                    to=address,
                    end=end,
                    domain=domain,
                )
    by = f"from relay.{FRIEND} (relay.{FRIEND} [198.51.100.2]) by {book.host.name} (Postfix) with ESMTP id 4; "
    yield Mail(
        id="forward/loop",
        sentence="a message that has passed the server again and again is refused",
        to=(spec.address(spec.postmaster),),
        expect=Refused((554,), ("DATA",)),
        headers=tuple(f"Received: {by}Thu, 1 Jan 2026 00:00:0{number} +0000" for number in range(_VISITS)),
        signed=True,
    )


def _leading_out(book: Book, addresses: list[str]) -> list[str]:
    return sorted(address for address in addresses if _outside(book, address))


def _outside(book: Book, address: str) -> list[str]:
    return sorted(end for end in book.reach(address) if not book.spec.is_ours(end))
