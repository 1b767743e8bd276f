"""Sending on behalf in mail terms: who may write in the name of whom."""

from collections.abc import Iterator

from ..problem import KeyPath
from ..routing import behalf
from .accounts import muted, unmuted
from .fact import Change, Fact, FactKey, Said, View
from .words import names


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """The addresses of each account and alias in whose name a login may write."""
    found: dict[tuple[str, str, str], tuple[set[str], KeyPath]] = {}
    for address, login, path in behalf(view.spec, view.table):
        key = ("behalf", view.login(view.spec.address(str(path[1]))), view.login(login))
        found.setdefault(key, (set(), path))[0].add(address)
    for key, (addresses, path) in found.items():
        yield key, Fact(frozenset(addresses), path)


def said(change: Change) -> Iterator[Said]:
    """Who may, and who may no longer; what an account or domain takes along is in its own statement."""
    for found in change.of("behalf"):
        holder, login = found.subject, found.key[2]
        old, new = _addresses(found.old), _addresses(found.new)
        gone = {address for address in old - new if address.rpartition("@")[2] not in change.removed_domains()}
        if new - old:
            case = "+new" if unmuted(change, login) else "+"
            text = f"{login} may now write on behalf of {names(new - old)}, with a `Sender:` of its own"
            yield found.says("behalf", case, holder, text)
        if gone and not muted(change, login):
            yield found.says("behalf", "-", holder, f"{login} may no longer write on behalf of {names(gone)}")


def _addresses(fact: Fact | None) -> frozenset[str]:
    return fact.value if fact and isinstance(fact.value, frozenset) else frozenset()
