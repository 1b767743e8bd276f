"""Mailing lists: each member gets a post once, strangers are refused or wait, and people come and go by mail."""

from collections.abc import Iterator

from ..mailing import JOIN, doors, moderators, owners
from ..model.lists import List, Moderation, Post, Subscription
from ..routing import posters
from .book import Book
from .case import Case, Expect, Held, Mail, Origin, Posted, Reaches, Refused
from .exchanges import Membership
from .outside import STRANGER

_REFUSED = Refused((554,), ("DATA",))
_UNKNOWN = Refused((550,), ("RCPT",))


def cases(book: Book) -> Iterator[Case]:
    """The cases of every list that mlmmj runs and that reaches somebody."""
    for address, entry in sorted(book.spec.mailing_lists.items()):
        if entry.is_mailing and book.reach(address):
            names = [address, *(book.spec.address(alias) for alias in entry.aliases)]
            names = [full for name in names for full in book.names_of(name)]
            yield from _posts(book, address, entry, names)
            yield from _strangers(book, address, entry, names)
            yield from _commands(book, address, entry)


def _posts(book: Book, address: str, entry: List, names: list[str]) -> Iterator[Case]:
    allowed, free = posters(book.spec, book.routes, entry), moderators(book.spec, book.routes, entry)
    sends = [login for login in book.senders if _may(entry, allowed, login)]
    first = [(name, login) for name in names for login in sends[:1]]
    for number, (name, login) in enumerate([*first, *((address, login) for login in sends[1:5])]):
        expect = _posted(book, address, entry, free=login in free)
        yield Mail(
            id=f"mailing/{name}/{login}",
            sentence=f"a post of {login} to {name} {_fate(expect)}",
            to=(name,),
            expect=expect,
            login=login,
            sender=login,
            port=(587, 465)[number % 2],
        )
    for login in [login for login in book.senders if login not in sends][:2]:
        expect = Held() if entry.moderation is Moderation.STRANGERS else _REFUSED
        yield _mail(address, login, expect, login=login, sender=login, port=465)
    for poster in sorted(end for end in allowed if not book.spec.is_ours(end)):
        yield _mail(address, poster, _posted(book, address, entry, free=poster in free), sender=poster, signed=True)
    for login in sends[:1]:
        for what, headers in (("answer", "Auto-Submitted: auto-replied"), ("loop", f"X-Loop: {address}")):
            yield _mail(address, what, _REFUSED, login=login, sender=login, port=587, headers=(headers,))
        forged = {"sender": login, "authors": (login,), "origin": Origin.CONTROLLER}
        yield _mail(address, f"{login}/forged", Refused(), **forged)


def _strangers(book: Book, address: str, entry: List, names: list[str]) -> Iterator[Case]:
    for name in names:
        expect: Expect = _REFUSED
        if entry.post is Post.ANYONE:
            expect = _posted(book, address, entry, free=False)
        elif entry.moderation is Moderation.STRANGERS:
            expect = Held()
        yield _mail(name, "stranger", expect)
    yield _mail(address, "null", Refused(), sender="", authors=(STRANGER,))


def _commands(book: Book, address: str, entry: List) -> Iterator[Case]:
    local, _, domain = address.partition("@")
    yield _mail(f"{local}+nonsense@{domain}", "command", _UNKNOWN)
    ends = frozenset(end for owner in owners(book.spec, entry) for end in book.reach(owner))
    if ends:
        yield _mail(f"{local}+owner@{domain}", "owners", Reaches(ends))
    if doors(entry) < JOIN:
        yield _mail(f"{local}+subscribe@{domain}", "closed", _UNKNOWN)
    elif entry.subscription is Subscription.OPEN:
        yield _mail(f"{local}+subscribe@{domain}", "forged", Refused(), sender="", authors=(STRANGER,))
        members = book.reach(address)
        for login in [login for login in book.users if login not in members][:1]:
            sentence = f"{login} joins {address} by mail, and leaves it again"
            yield Membership(id=f"mailing/{address}/{login}/joins", sentence=sentence, list=address, login=login)


def _may(entry: List, allowed: frozenset[str], login: str) -> bool:
    return entry.post is Post.ANYONE or login in allowed or f"@{login.partition('@')[2]}" in allowed


def _posted(book: Book, address: str, entry: List, *, free: bool) -> Expect:
    if entry.moderation is Moderation.ALL and not free:
        return Held()
    members = book.reach(address)
    again = sorted(end for member in members for end in book.reach(member) - {member})
    return Posted(members, list=address, again=tuple(again))


def _fate(expect: Expect) -> str:
    return "waits for a moderator" if isinstance(expect, Held) else "reaches every member once"


def _mail(address: str, what: str, expect: Expect, **more: object) -> Mail:
    sentence = f"mail to {address} ({what}): {expect}"
    return Mail(id=f"mailing/{address}/{what}", sentence=sentence, to=(address,), expect=expect, **more)  # type: ignore[arg-type]
