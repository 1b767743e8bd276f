"""DKIM: whatever leaves is signed by every key of its domain (RFC 6376, RFC 8463)."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Mail, Signed
from .exchanges import Bounce
from .outside import FRIEND, REFUSING


def keys(book: Book, domain: str) -> frozenset[tuple[str, str]]:
    """Domain and selector of each key that signs mail from a domain."""
    return frozenset((domain, selector) for selector in book.spec.dkim_keys(domain))


def cases(book: Book) -> Iterator[Case]:
    """One message from a mailbox or alias of every domain, and one bounce."""
    done = set()
    for login, account in book.senders.items():
        addresses = [login, *(book.spec.address(alias) for alias in account.aliases[:1])]
        for address in [name for found in addresses for name in book.names_of(found)]:
            domain = address.partition("@")[2]
            kind = "alias" if book.spec.address(address) != login else "account"
            if (domain, kind) in done:
                continue
            done.add((domain, kind))
            yield Mail(
                id=f"dkim/{kind}/{address}",
                sentence=f"mail of {address} leaves signed by {domain}",
                to=(f"judge-{len(done)}@{FRIEND}",),
                expect=Signed(f"judge-{len(done)}@{FRIEND}", keys(book, domain)),
                login=login,
                sender=address,
                port=587 if len(done) % 2 else 465,
            )
    login = book.spec.address(book.spec.postmaster)
    if login not in book.users:
        return
    yield Bounce(
        id="dkim/bounce",
        sentence="bounces are signed too",
        login=login,
        to=REFUSING,
        keys=keys(book, book.host.signing_domain),
    )
