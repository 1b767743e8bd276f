"""Accounts: who can log in, and mail for each of their addresses."""

from collections.abc import Iterator

from .book import Book
from .case import Case, FailedLogin, Login, Mail, Reaches, Retrieve, Secret

PROTOCOLS = {465: "smtp", 587: "smtp", 993: "imap", 995: "pop3", 4190: "sieve"}
"""What the ports where people log in speak."""


def ports(book: Book) -> dict[int, str]:
    """The ports of this server where people log in."""
    return {port: protocol for port, protocol in PROTOCOLS.items() if port in book.host.ports}


def cases(book: Book) -> Iterator[Case]:
    """The cases of every account."""
    for login, account in book.enabled.items():
        yield from _enabled(book, login)
        for number, alias in enumerate(account.aliases):
            for address in book.names_of(book.spec.address(alias)):
                yield book.reaches("alias", address, number)
        for address in book.names_of(login):
            if address != login:
                yield book.reaches("account", address, 1)
    for login in book.disabled:
        for port, protocol in ports(book).items():
            yield FailedLogin(
                id=f"disabled/{login}/{port}",
                sentence=f"{login} is disabled and can not log in on port {port}",
                login=login,
                protocol=protocol,
                port=port,
            )
        for address in book.names_of(login):
            yield book.reaches("disabled", address)


def _enabled(book: Book, login: str) -> Iterator[Case]:
    for number, (port, protocol) in enumerate(ports(book).items()):
        yield Login(
            id=f"login/{login}/{port}",
            sentence=f"{login} can log in on port {port}",
            login=login,
            protocol=protocol,
            port=port,
            succeeds=True,
        )
        if protocol == "smtp":
            yield Mail(
                id=f"submission/{login}/{port}",
                sentence=f"{login} can send through port {port}",
                to=(login,),
                expect=Reaches(book.reach(login)),
                login=login,
                sender=login,
                port=port,
                family=book.family(number),
            )
        if protocol in {"imap", "pop3"}:
            yield Retrieve(
                id=f"delivery/{login}/{protocol}",
                sentence=f"mail of a stranger to {login} is read by {protocol.upper()}, whole",
                login=login,
                protocol=protocol,
            )
        if protocol == "imap":
            for password in (Secret.HASH, Secret.WRONG):
                yield FailedLogin(
                    id=f"{password}-password/{login}",
                    sentence=f"a {password} is no password of {login}",
                    login=login,
                    protocol=protocol,
                    port=port,
                    password=password,
                )
    local, _, domain = login.partition("@")
    yield Mail(
        id=f"detail/{login}",
        sentence=f"mail to {local}+detail@{domain} reaches {login}",
        to=(f"{local}+detail@{domain}",),
        expect=Reaches(frozenset({login})),
    )
