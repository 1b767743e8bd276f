"""App passwords: each opens what it is for, from where it is for, and nothing else."""

from collections.abc import Iterator

from ..model.accounts import Account
from .accounts import ports
from .book import Book
from .case import Case, FailedLogin, Login, Secret


def cases(book: Book) -> Iterator[Case]:
    """The cases of every app password."""
    for login, account in book.accounts.items():
        for label in sorted(account.app_passwords):
            yield from _app(book, login, account, label)


def _app(book: Book, login: str, account: Account, label: str) -> Iterator[Case]:
    app = account.app_passwords[label]
    opened = account.opened_by(app)
    inside = [network.version for network in app.networks] or book.families
    families = [family for family in book.families if family in inside]
    able = {port: protocol for port, protocol in ports(book).items() if protocol in opened and families}
    name = f"the app password {label} of {login}"
    for number, (port, protocol) in enumerate(ports(book).items()):
        if port in able:
            yield Login(
                id=f"app-password/{login}/{label}/{port}",
                sentence=f"{name} can log in on port {port}",
                login=login,
                protocol=protocol,
                port=port,
                succeeds=True,
                app=label,
                family=families[number % len(families)],
            )
        else:
            yield _fails(login, label, port, protocol, f"{name} can not log in on port {port}")
    for port, protocol in list(able.items())[:1]:
        for family in (family for family in book.families if family not in inside):
            yield _fails(login, label, port, protocol, f"{name} can not log in by IPv{family}", family=family)
        yield _fails(login, label, port, protocol, f"the hash of {name[4:]} is no password", Secret.HASH, families[0])


def _fails(
    login: str, label: str, port: int, protocol: str, sentence: str, password: Secret = Secret.RIGHT, family: int = 0
) -> FailedLogin:
    what = "hash" if password is Secret.HASH else f"{port}-ipv{family}" if family else str(port)
    return FailedLogin(
        id=f"no-app-password/{login}/{label}/{what}",
        sentence=sentence,
        login=login,
        protocol=protocol,
        port=port,
        password=password,
        app=label,
        family=family,
    )
