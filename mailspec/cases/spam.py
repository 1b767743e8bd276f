"""Spam: what is refused, what goes to Junk, and which senders are trusted or not."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Mail, Origin, Reaches, Refused
from .outside import DUBIOUS, FRIEND

_TEST = "JS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
REJECT = f"X{_TEST}"
"""GTUBE: every filter takes it for the worst spam there is."""
_LACKING = ("Date", "Message-ID", "Subject")
"""What a bad client leaves out."""
_REFUSED = Refused((554,), ("DATA",))


def _address(pattern: str) -> str:
    return pattern if "@" in pattern else f"somebody@{pattern}"


def cases(book: Book) -> Iterator[Case]:
    """The thresholds, then each sender the spec names."""
    postmaster = book.spec.address(book.spec.postmaster)
    alone = [login for login in book.readers if book.reach(login) == {login}]
    reader = next((login for login in alone if login != postmaster), postmaster)
    for family in book.families:
        yield Mail(
            id=f"spam/gtube/ipv{family}",
            sentence="spam is refused in session",
            to=(reader,),
            expect=_REFUSED,
            text=REJECT,
            family=family,
        )
    if reader in alone:  # a copy that is forwarded has no folder
        yield Mail(
            id="spam/junk",
            sentence="mail that forges a domain which asks for quarantine goes to Junk",
            to=(reader,),
            expect=Reaches(frozenset({reader}), "Junk"),
            authors=(f"forged@{DUBIOUS}",),
        )
    for number, domain in enumerate(book.own_domains):
        for role in ("abuse", "postmaster"):
            yield Mail(
                id=f"spam/role/{role}@{domain}",
                sentence=f"mail to {role}@{domain} is never refused for what it holds",
                to=(f"{role}@{domain}",),
                expect=Reaches(frozenset(book.reach(f"{role}@{domain}"))),
                text=REJECT,
                family=book.family(number),
            )
    yield from _named(book, reader)


def _named(book: Book, reader: str) -> Iterator[Case]:
    for pattern in book.spec.spam.deny:
        sender = _address(pattern)
        for where, envelope, author in (("envelope", sender, f"x@{FRIEND}"), ("header", f"x@{FRIEND}", sender)):
            yield Mail(
                id=f"spam/deny/{pattern}/{where}",
                sentence=f"mail from {pattern} ({where}) is refused in session",
                to=(reader,),
                expect=_REFUSED,
                sender=envelope,
                authors=(author,),
                signed=True,
            )
    for pattern in book.spec.spam.allow:
        sender = _address(pattern)
        yield Mail(
            id=f"spam/allow/{pattern}/proved",
            sentence=f"mail from {pattern} is not suspicious, whatever it looks like, when it is proved to be theirs",
            to=(reader,),
            expect=Reaches(book.reach(reader)),
            sender=sender,
            signed=True,
            without=_LACKING,
            origin=Origin.CONTROLLER,
        )
        yield Mail(
            id=f"spam/allow/{pattern}/forged",
            sentence=f"who forges {pattern} is not trusted",
            to=(reader,),
            expect=_REFUSED,
            sender=sender,
            text=REJECT,
            origin=Origin.CONTROLLER,
        )
