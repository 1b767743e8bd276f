"""Senders in mail terms: which login may send as which address."""

from collections import defaultdict
from collections.abc import Iterator

from ..model.domains import ROLE_NAMES
from ..routing import is_joint
from .accounts import muted, unmuted
from .fact import Change, Difference, Fact, FactKey, Said, View
from .words import standing


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The logins of each address; in another name of a domain they are the same."""
    for address, logins in view.senders.items():
        route = view.route(address)
        yield ("send", address), Fact(logins, route.path if route else ())


def said(change: Change) -> Iterator[Said]:
    """Who may send as whom; what an account or domain brings or takes along is in its own statement."""
    shared: dict[tuple[str, str, str], list[Difference]] = defaultdict(list)
    for found in change.of("send"):
        local, _, domain = found.subject.rpartition("@")
        for sign, login in _logins(change, found):
            if local in ROLE_NAMES:
                shared[domain, sign, login].append(found)
            elif sign == "+":
                case = "+other" if change.before.ends(found.subject) else "+"
                text = f"{login} may now send as {found.subject}"
                yield found.says("may-send-as", case, found.subject, text)
            else:
                text = f"{login} may no longer send as {found.subject}"
                yield found.says("may-not-send-as", "-", found.subject, text)
    for (domain, sign, login), group in shared.items():
        which = standing((found.subject.rpartition("@")[0] for found in group), domain)
        if sign == "+":
            text = f"{login} may now send as {which}"
            yield group[0].says("may-send-as", "+standing", domain, text)
        else:
            text = f"{login} may no longer send as {which}"
            yield group[0].says("may-not-send-as", "-standing", domain, text)


def _logins(change: Change, found: Difference) -> Iterator[tuple[str, str]]:
    """The logins that gain or lose an address, as far as no other statement says so."""
    local, _, domain = found.subject.rpartition("@")
    if domain in change.removed_domains() or (domain in change.added_domains() and local in ROLE_NAMES):
        return
    old, new = _set(found.old), _set(found.new)
    is_shared = found.new is not None and is_joint(change.after.spec, found.new.path)  # no account brings it along
    for login in sorted(new - old):
        again = login in change.before.mailboxes and not is_shared
        with_it = login == found.subject or (again and not old)
        is_name = login == found.subject != change.before.own_address(login)
        if not (unmuted(change, login) and with_it) and not is_name:
            yield "+", login
    for login in sorted(old - new):
        if not muted(change, login):
            yield "-", login


def _set(fact: Fact | None) -> frozenset[str]:
    return fact.value if fact and isinstance(fact.value, frozenset) else frozenset()
