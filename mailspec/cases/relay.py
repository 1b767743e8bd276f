"""Relay: strangers can not send through this server (RFC 5321, 7.1); its own mail may go by way of another."""

from collections.abc import Iterator

from . import dkim
from .book import Book
from .case import Case, Expect, Kept, Mail, Origin, Refused, Signed
from .outside import FRIEND

_REFUSED = Refused((501, 504, 550, 553, 554), ("RCPT",))


def _probes(domain: str, catch_all: bool) -> Iterator[tuple[str, str, Expect]]:
    """How mail for somebody outside may be dressed up; with a catch-all some forms are good names of ours."""
    kept: Expect = Kept() if catch_all else _REFUSED
    yield "plain", f"victim@{FRIEND}", _REFUSED
    yield "quoted", f'"victim"@{FRIEND}', _REFUSED
    yield "source-route", f"@{domain}:victim@{FRIEND}", _REFUSED
    yield "percent", f"victim%{FRIEND}@{domain}", kept
    yield "quoted-address", f'"victim@{FRIEND}"@{domain}', kept
    yield "quoted-percent", f'"victim%{FRIEND}"@{domain}', kept
    yield "bang", f"{FRIEND}!victim@{domain}", kept
    yield "bare-bang", f"{FRIEND}!victim", _REFUSED
    yield "bare-percent", f"victim%{FRIEND}", _REFUSED
    yield "two-signs", f"victim@{FRIEND}@{domain}", kept
    yield "no-domain", f'"victim@{FRIEND}"', _REFUSED
    yield "literal", "victim@[198.51.100.2]", _REFUSED


def cases(book: Book) -> Iterator[Case]:
    """Every disguise from every side."""
    domain = book.own_domains[0]
    own = f"nobody@{domain}"
    catch_all = bool(book.spec.domains[domain].catch_all)
    for name, recipient, expect in _probes(domain, catch_all):
        for family in book.families:
            for origin in Origin:
                yield Mail(
                    id=f"relay/{name}/{origin}-ipv{family}",
                    sentence=f"a stranger on IPv{family} ({origin}) can not relay to <{recipient}>",
                    to=(recipient,),
                    expect=expect,
                    family=family,
                    origin=origin,
                )
    yield Mail(
        id="relay/own-sender",
        sentence="a stranger who names one of us as the sender can not relay either",
        to=(f"victim@{FRIEND}",),
        expect=_REFUSED,
        sender=next(iter(book.senders), own),
    )
    for port in (465, 587):
        yield Mail(
            id=f"relay/submission-{port}",
            sentence=f"nobody sends through port {port} without a login",
            to=(f"victim@{FRIEND}",),
            expect=Refused((530, 550, 553, 554), ("MAIL", "RCPT")),
            port=port,
            origin=Origin.CONTROLLER,
        )
    yield from _by_way_of_another(book)


def _by_way_of_another(book: Book) -> Iterator[Case]:
    """What leaves goes to the relay of the spec, still signed by its domain."""
    login = next(iter(book.senders), "")
    if book.spec.relay and login:
        end = f"judge-relay@{FRIEND}"
        yield Mail(
            id="relay/outside",
            sentence=f"mail to the outside goes by way of {book.spec.relay.host}",
            to=(end,),
            expect=Signed(end, dkim.keys(book, login.partition("@")[2]), book.spec.relay.host),
            login=login,
            sender=login,
            port=465,
        )
