"""What an account may do by its state, its days and its protocols, in words."""

from collections.abc import Iterator

from ..model.accounts import Account, State
from ..model.aliases import Alias
from ..model.app_passwords import AppPassword
from ..model.domain import MailDomain
from ..model.protocols import Protocol
from ..problem import KeyPath
from ..routing import Route
from .step import Fact

_STATES = {
    State.SEND_BLOCKED: "send-blocked: what it submits is refused with 554 5.7.1",
    State.SUSPENDED: "suspended: nobody can log in",
}
_PROTOCOLS = {Protocol.IMAP: "IMAP", Protocol.POP3: "POP3", Protocol.SIEVE: "ManageSieve", Protocol.SMTP: "SMTP"}


def facts(account: Account, path: KeyPath) -> Iterator[Fact]:
    """What holds for an account that takes mail, besides its quota."""
    if account.state in _STATES:
        yield Fact(_STATES[account.state], (*path, "state"))
    if account.has_days:
        key = "until" if account.until else "from"
        yield Fact(f"at work {days(account)} (UTC), else as if archived", (*path, key))
    if account.protocols != frozenset(Protocol):
        yield Fact(f"logs in by {ways(account.protocols)} alone", (*path, "protocols"))
    if account.password and account.password.until:
        yield Fact(f"initial password until {account.password.until} (UTC)", (*path, "password", "until"))
    for label, app in account.app_passwords.items():
        yield Fact(f"app password `{label}` for {opens(app)}", (*path, "app_passwords", label))


def opens(app: AppPassword) -> str:
    """What an app password is for: `IMAP and SMTP, from 198.51.100.0/24 alone, until 2026-12-31`."""
    text = ways(app.protocols)
    if app.networks:
        text += f", from {' and '.join(map(str, app.networks))} alone"
    return f"{text}, until {app.until}" if app.until else text


def open_days(alias: Alias, path: KeyPath) -> Iterator[Fact]:
    """When an alias takes mail, if not on every day."""
    if alias.has_days:
        fact = f"takes mail {days(alias)} (UTC), else refused with 550 5.2.1"
        yield Fact(fact, (*path, "until" if alias.until else "from"))


def days(entry: Account | Alias) -> str:
    """The days of an account or alias: `from 2026-01-01 until 2026-12-31`."""
    words = {"from": entry.from_, "until": entry.until}
    return " ".join(f"{word} {day}" for word, day in words.items() if day)


def ways(protocols: frozenset[Protocol]) -> str:
    """Protocols by the names people know.

    >>> ways(frozenset(Protocol))
    'IMAP, POP3, ManageSieve and SMTP'
    """
    names = [name for protocol, name in _PROTOCOLS.items() if protocol in protocols]
    return " and ".join(", ".join(part) for part in (names[:-1], names[-1:]) if part)


def closed(spec: MailDomain, route: Route) -> str:
    """What an account is whose mail is refused."""
    account = spec.accounts[str(route.path[1])]
    return "archived account" if account.state is State.ARCHIVED else "account that takes no mail"
