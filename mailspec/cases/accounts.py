"""Accounts: who can log in, and mail for each of their addresses."""

from collections.abc import Iterator

from .book import Book
from .case import Case, Expect, FailedLogin, Login, Mail, Reaches, Refused, Retrieve, Secret

PROTOCOLS = {465: "smtp", 587: "smtp", 993: "imap", 995: "pop3", 4190: "sieve"}
"""What the ports where people log in speak."""


_BLOCKED = Refused((554,), ("MAIL", "RCPT"))
"""After the login, before the message."""


def ports(book: Book) -> dict[int, str]:
    """The ports of this server where people log in."""
    return {port: protocol for port, protocol in PROTOCOLS.items() if port in book.host.ports}


def cases(book: Book) -> Iterator[Case]:
    """The cases of every account: by each protocol, those it has and those it has not, then by each address."""
    for login, account in book.accounts.items():
        able = {port: protocol for port, protocol in ports(book).items() if account.can_log_in_by(protocol)}
        for number, (port, protocol) in enumerate(ports(book).items()):
            if port in able:
                yield from _login(book, login, port, protocol, number)
            else:
                yield FailedLogin(
                    id=f"no-login/{login}/{port}",
                    sentence=f"{login} can not log in on port {port}",
                    login=login,
                    protocol=protocol,
                    port=port,
                )
        yield from _passwords(login, able)
        for number, alias in enumerate(account.aliases):
            for address in book.names_of(book.spec.address(alias)):
                yield book.reaches("alias", address, number)
        for number, address in enumerate(book.names_of(login), 1):
            yield book.reaches("account", address, number)
        if account.receives:
            local, _, domain = login.partition("@")
            yield Mail(
                id=f"detail/{login}",
                sentence=f"mail to {local}+detail@{domain} goes where that to {login} goes",
                to=(f"{local}+detail@{domain}",),
                expect=book.delivery(login),
            )


def _login(book: Book, login: str, port: int, protocol: str, number: int) -> Iterator[Case]:
    """What a login opens."""
    account = book.accounts[login]
    yield Login(
        id=f"login/{login}/{port}",
        sentence=f"{login} can log in on port {port}",
        login=login,
        protocol=protocol,
        port=port,
        succeeds=True,
    )
    if protocol == "smtp":
        to = login if book.reach(login) else book.spec.address(book.spec.postmaster)
        expect: Expect = Reaches(book.reach(to)) if account.can_send else _BLOCKED
        can = "can" if account.can_send else "can not"
        yield Mail(
            id=f"submission/{login}/{port}",
            sentence=f"{login} {can} send through port {port}",
            to=(to,),
            expect=expect,
            login=login,
            sender=login,
            port=port,
            family=book.family(number),
        )
    if protocol in {"imap", "pop3"} and account.keeps:
        yield Retrieve(
            id=f"delivery/{login}/{protocol}",
            sentence=f"mail of a stranger to {login} is read by {protocol.upper()}, whole",
            login=login,
            protocol=protocol,
        )


_NO_PASSWORD = {Secret.HASH: "the text of the hash", Secret.WRONG: "a wrong one"}
"""What is given instead of the password, in words."""


def _passwords(login: str, able: dict[int, str]) -> Iterator[Case]:
    """What is no password, tried where the right one is."""
    port = 993 if 993 in able else next(iter(able), 0)
    for password in _NO_PASSWORD if port else ():
        yield FailedLogin(
            id=f"{password}-password/{login}",
            sentence=f"{_NO_PASSWORD[password]} is no password of {login}",
            login=login,
            protocol=able[port],
            port=port,
            password=password,
        )
