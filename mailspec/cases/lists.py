"""Lists: who gets the mail of a list, and who may post to it."""

from collections.abc import Iterator

from ..model.aliases import Alias
from ..model.lists import List, Post
from ..routing import posters
from .book import Book
from .case import Case, Mail, Origin, Reaches, Refused
from .outside import FRIEND, STRANGER

_REFUSED = Refused((554,), ("DATA",))
_ASIDE = Refused((550,), ("RCPT",))
"""Where no stranger may post, none needs to send the message."""


def cases(book: Book) -> Iterator[Case]:
    """The cases of every list."""
    for address, entry in sorted(book.spec.mailing_lists.items()):
        names = [address, *(book.spec.address(alias) for alias in entry.aliases)]
        names = [full for name in names for full in book.names_of(name)]
        if entry.is_mailing:
            continue  # what mlmmj runs has rules of its own
        if entry.post is Post.ANYONE or not book.reach(address):  # without anybody to reach, no rule is asked
            for number, name in enumerate(names):
                yield book.reaches("list", name, number)
        else:
            yield from restricted(book, "list", address, entry, names)


def restricted(book: Book, kind: str, address: str, entry: List | Alias, names: list[str]) -> Iterator[Case]:
    """The cases of a list or alias that not everybody may write to."""
    allowed = posters(book.spec, book.routes, entry)
    ends = Reaches(book.reach(address))
    inside = [login for login in book.senders if login in allowed or f"@{login.partition('@')[2]}" in allowed]
    outside = sorted(end for end in allowed if not book.spec.is_ours(end))
    others = [login for login in book.senders if login not in inside]
    who = f"the rule of {address} is `post: {entry.post}`"
    for name in names:
        for login in inside[:1]:
            yield Mail(
                id=f"{kind}/{name}/{login}",
                sentence=f"{login} may post to {name}",
                to=(name,),
                expect=ends,
                login=login,
                sender=login,
                port=587,
            )
        yield Mail(
            id=f"{kind}/{name}/stranger",
            sentence=f"a stranger can not post to {name}: {who}",
            to=(name,),
            expect=_ASIDE if entry.post == Post.DOMAIN else _REFUSED,
        )
    for login in inside[1:]:
        yield Mail(
            id=f"{kind}/{address}/{login}",
            sentence=f"{login} may post to {address}",
            to=(address,),
            expect=ends,
            login=login,
            sender=login,
            port=465,
        )
    for login in others[:3]:
        yield Mail(
            id=f"{kind}/{address}/{login}",
            sentence=f"{login} can not post to {address}: {who}",
            to=(address,),
            expect=_REFUSED,
            login=login,
            sender=login,
            port=465,
        )
    for form, recipient in _disguises(address).items():
        yield Mail(
            id=f"{kind}/{address}/stranger-{form}",
            sentence=f"a stranger can not post to <{recipient}> either",
            to=(recipient,),
            expect=Refused(),
        )
    for poster in (inside[:1] + outside)[:4]:
        yield from _forged(kind, address, poster)
    for poster in outside:
        yield Mail(
            id=f"{kind}/{address}/{poster}/proved",
            sentence=f"{poster} may post to {address} when DMARC passes",
            to=(address,),
            expect=ends,
            sender=poster,
            signed=True,
        )


def _disguises(address: str) -> dict[str, str]:
    """How a recipient may be written so that a filter and the queue could read it differently."""
    local, _, domain = address.partition("@")
    return {
        "capitals": f"{local.upper()}@{domain.upper()}",
        "comment": f"{local}(x)@{domain}",
        "detail": f"{local}+detail@{domain}",
        "domain-comment": f"{local}@{domain.replace('.', '(x).', 1)}",
        "dot": f"{local}@{domain}.",
        "escaped": f"\\{local}@{domain}",
        "quoted": f'"{local}"@{domain}',
        "short": local,
        "source-route": f"@{domain}:{local}@{domain}",
        "space": f"{local} @{domain}",
    }


def _forged(kind: str, address: str, poster: str) -> Iterator[Case]:
    forged = {
        "envelope": (poster, (STRANGER,)),
        "header": (f"forger@{FRIEND}", (poster,)),
        "both": (poster, (poster,)),
        "null": ("", (poster,)),
    }
    for what, (sender, authors) in forged.items():
        yield Mail(
            id=f"{kind}/{address}/{poster}/forged-{what}",
            sentence=f"a stranger who forges {poster} ({what}) can not post to {address}",
            to=(address,),
            expect=Refused(),
            sender=sender,
            authors=authors,
            origin=Origin.CONTROLLER,
        )
