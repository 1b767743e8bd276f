"""The life of an account in mail terms: its state, its days of work, how it logs in, whether it takes mail."""

from collections.abc import Iterator

from ..explain.life import days, ways
from ..model.accounts import Account, State
from ..model.protocols import Protocol
from .fact import Change, Fact, FactKey, Said, View
from .words import names

_NEW = {
    State.ACTIVE: "",
    State.SEND_BLOCKED: ", but can not send",
    State.SUSPENDED: ", but nobody can log in",
    State.ARCHIVED: "",
}


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """What each account may do, and when."""
    for name, account in view.spec.accounts.items():
        login, path = view.login(view.spec.address(name)), ("accounts", name)
        given = [key for key, day in (("until", account.until), ("from", account.from_)) if day]
        yield ("account-days", login), Fact((account.from_, account.until), (*path, *given[:1]))
        if not account.shared:
            yield ("account-protocols", login), Fact(account.protocols, (*path, "protocols"))
        yield ("account-receive", login), Fact(account.receive, (*path, "receive"))
        yield ("account-state", login), Fact(account.state, (*path, "state"))


def said(change: Change) -> Iterator[Said]:
    """What changes for accounts that stay."""
    for kind, sentence in _SENTENCES.items():
        for found in change.of(kind):
            if found.sign == "~":
                login = found.subject
                old, new = change.before.mailboxes[login], change.after.mailboxes[login]
                case, text = sentence(change, login, old, new)
                yield found.says(kind, case, login, text)


def limits(account: Account) -> str:
    """What is unusual about a new account."""
    text = _NEW[account.state]
    if account.has_days:
        text += f", at work {days(account)}"
    if account.protocols != frozenset(Protocol):
        text += f", logging in by {ways(account.protocols)} alone"
    if account.password and account.password.until:
        text += f", with an initial password until {account.password.until}"
    return text if account.receive else f"{text}, and takes no mail"


def refused(change: Change, login: str) -> str:
    """The end of a sentence that closes an account: the addresses of which mail is refused from now on."""
    lost = [a for a in owned(change.before, login) if change.before.ends(a) and not change.after.ends(a)]
    lost = [a for a in lost if change.after.spec.is_ours(a)]
    return f", mail to {names(lost)} is refused" if lost else ""


def owned(view: View, login: str) -> list[str]:
    """The address of an account and its aliases, in full."""
    account = view.mailboxes.get(login)
    return [view.own_address(login), *map(view.spec.address, account.aliases)] if account else []


def _reached(change: Change, login: str) -> str:
    new = [a for a in owned(change.after, login)[1:] if not change.before.ends(a)]
    keeps = login in change.after.ends(login)
    return f"mail to {names([login, *new])} reaches {'its mailbox' if keeps else 'whom it forwards to'}"


def _state(change: Change, login: str, old: Account, new: Account) -> tuple[str, str]:
    again = f", and {_reached(change, login)}" if new.receives and not old.receives else ""
    if new.state is State.ARCHIVED:
        so_far = "can no longer log in" if old.can_log_in else "is archived"
        text = f"{login} {so_far}{refused(change, login)}, and the mail it has is kept"
    elif new.state is State.SUSPENDED:
        so_far = "can no longer log in" if old.can_log_in else "still can not log in"
        text = f"{login} {so_far}" + (again or (", mail to it arrives" if new.receives else ""))
    elif new.state is State.SEND_BLOCKED:
        so_far = "can no longer send" if old.can_log_in else "can log in again, but not send"
        text = f"{login} {so_far}" + (again or (", mail to it arrives" if new.receives else ""))
    elif new.shared:
        return "~open", f"{login} is open again{again}"
    elif old.can_log_in:
        return "~sends", f"{login} is no longer kept from sending{again}"
    else:
        text = f"{login} can log in again{again}"
    return f"~{new.state}", text


def _days(_change: Change, login: str, old: Account, new: Account) -> tuple[str, str]:
    before = f"instead of {days(old)}" if old.has_days else "so far on every day"
    does = "is open and receives mail" if new.shared else "can log in and receive mail"
    if not new.has_days:
        return "~always", f"{login} {does} on every day, {before}"
    return "~", f"{login} {does} {days(new)}, {before}"


def _protocols(_change: Change, login: str, old: Account, new: Account) -> tuple[str, str]:
    gained, lost = ways(new.protocols - old.protocols), ways(old.protocols - new.protocols)
    if not lost:
        return "~more", f"{login} can now also log in by {gained}"
    if not gained:
        return "~less", f"{login} can no longer log in by {lost}"
    return "~less", f"{login} can now log in by {gained}, and no longer by {lost}"


def _receive(change: Change, login: str, old: Account, new: Account) -> tuple[str, str]:
    if new.receive:
        text = f"{login} takes mail" + (f": {_reached(change, login)}" if new.receives and not old.receives else "")
        return "~more", text
    return "~less", f"{login} takes no mail any more{refused(change, login)}, and the mail it has is kept"


_SENTENCES = {
    "account-days": _days,
    "account-protocols": _protocols,
    "account-receive": _receive,
    "account-state": _state,
}
