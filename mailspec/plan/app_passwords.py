"""App passwords in mail terms: which program or device opens what, from where and until when."""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network

from ..explain.life import opens
from ..model.app_passwords import AppPassword
from .fact import Change, Fact, FactKey, Said, View

Network = IPv4Network | IPv6Network


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """What each app password opens; the password itself is compared in the vault alone."""
    for name, account in view.spec.accounts.items():
        for label, app in account.app_passwords.items():
            value = (app.protocols, frozenset(app.networks), app.until)
            path = ("accounts", name, "app_passwords", label)
            yield ("app-password", view.login(view.spec.address(name)), label), Fact(value, path)


def said(change: Change) -> Iterator[Said]:
    """App passwords that come, go and change; those of a removed account go with it."""
    for found in change.of("app-password"):
        _, login, label = found.key
        if login not in change.after.mailboxes:
            continue
        subject, case = f"{login}/{label}", found.sign
        old, new = (_app(view, login, label) for view in (change.before, change.after))
        if not new:
            text = f"{login}'s app password {label} works no longer, the others stay as they are"
        elif not old:
            text = f"{login} gets the app password {label} for {opens(new)}"
        else:
            case = "~less" if _is_narrower(old, new) else "~more"
            text = f"{login}'s app password {label} is for {opens(new)}, instead of {opens(old)}"
        yield found.says("app-password", case, subject, text)


def _app(view: View, login: str, label: str) -> AppPassword | None:
    account = view.mailboxes.get(login)
    return account.app_passwords.get(label) if account else None


def _is_narrower(old: AppPassword, new: AppPassword) -> bool:
    """Whether something that it opened stays closed."""
    if old.protocols - new.protocols or (new.until and (not old.until or new.until < old.until)):
        return True
    return bool(new.networks) and not (
        old.networks and all(any(_is_inside(was, now) for now in new.networks) for was in old.networks)
    )


def _is_inside(network: Network, other: Network) -> bool:
    first, last = (int(end) for end in (other.network_address, other.broadcast_address))
    return network.version == other.version and first <= int(network[0]) and int(network[-1]) <= last
