"""Addresses in mail terms: which mailboxes and outside addresses mail for an address ends in.

Lists, aliases, catch-alls and archived accounts are only ways to get there: two specs with the same ends are the same.
"""

from collections import defaultdict
from collections.abc import Iterator

from ..model.domains import ROLE_NAMES
from ..rows import host_routes
from .accounts import come, gone
from .fact import Change, Difference, Fact, FactKey, Said, View
from .life import owned
from .words import names, standing

Ends = frozenset[str]
NOBODY: Ends = frozenset()


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Each address that differs from an unknown one of its domain; that one stands under `@domain`."""
    unknown = {
        domain: view.ends(view.table[f"@{domain}"].targets[0]) for domain in view.own_domains if _caught(view, domain)
    }
    for domain, ends in unknown.items():
        yield ("unknown", domain), Fact(ends, ("domains", domain, "catch_all"))
    for address, route in view.table.items():
        domain = address.rpartition("@")[2]
        if route.kind != "catch-all" and (ends := view.ends(address)) != unknown.get(domain, NOBODY):
            yield ("reach", address), Fact(ends, route.path)
    for server in view.hosts:
        for address, target in host_routes(view.spec, server):
            yield ("server-mail", server, str(address)), Fact(view.ends(str(target)), ("postmaster",))


def said(change: Change) -> Iterator[Said]:
    """Where mail goes now; aliases of one account or list are told together, and addresses every domain has."""
    shared: dict[tuple[str, Ends, Ends], list[Difference]] = defaultdict(list)
    others: dict[tuple[str, Ends, Ends], list[Difference]] = defaultdict(list)
    told = _told(change)
    for found in _known(change):
        local, _, domain = found.subject.rpartition("@")
        old, new = change.before.ends(found.subject), change.after.ends(found.subject)
        if old == new or found.subject in told:
            continue
        if local in ROLE_NAMES and old and new:
            shared[domain, old, new].append(found)
        else:
            others[_holder(change, found.subject), old, new].append(found)
    for (domain, old, new), group in shared.items():
        which = standing((found.subject.rpartition("@")[0] for found in group), domain)
        text = f"mail to {which} {_instead(old, new)}"
        yield group[0].says("standing-mail", "~", domain, text)
    for (holder, old, new), group in others.items():
        group.sort(key=lambda found: (found.subject != holder, found.subject))
        yield from _address(change, group[0], names(found.subject for found in group), old, new)
    yield from _unknown(change)
    yield from _server_mail(change)


def _known(change: Change) -> Iterator[Difference]:
    """Every address that one of the specs names, also where it does the same as an unknown one."""
    for address in sorted(change.before.table.keys() | change.after.table.keys()):
        if address[0] != "@":
            old, new = (side.route(address) for side in (change.before, change.after))
            facts_ = (Fact(route.targets, route.path) if route else None for route in (old, new))
            yield Difference(("reach", address), *facts_)


def _holder(change: Change, address: str) -> str:
    """The account or list that an alias belongs to."""
    for view in (change.after, change.before):
        if route := view.route(address):
            return view.spec.address(str(route.path[1])) if {"aliases", "patterns"} & set(route.path[2:]) else address
    return address


def _caught(view: View, domain: str) -> bool:
    return f"@{domain}" in view.table


def _told(change: Change) -> set[str]:
    """Addresses that the statement of an account or domain has named."""
    found = set()
    for login in change.before.mailboxes.keys() | change.after.mailboxes.keys():
        if gone(change, login):
            found |= {a for a in owned(change.before, login) if not change.after.ends(a)}
        elif come(change, login):
            again = login in change.before.mailboxes
            new = owned(change.after, login)
            found |= {a for a in (new if again else new[:1]) if not change.before.ends(a) and _only(change, a, login)}
    found |= {new for new in change.before.renamed.values() if not change.before.ends(new)}
    for address in change.before.table.keys() | change.after.table.keys():
        local, _, domain = address.rpartition("@")
        if domain in change.removed_domains() or (domain in change.added_domains() and local in ROLE_NAMES):
            found.add(address)
    return found


def _only(change: Change, address: str, login: str) -> bool:
    """Whether mail for an address ends in a mailbox and nowhere else, as its account does not forward it."""
    return change.after.ends(address) == {login}


def _address(change: Change, found: Difference, whose: str, old: Ends, new: Ends) -> Iterator[Said]:
    address, gained, lost = found.subject, new - old, old - new
    outside = any(not change.after.spec.is_ours(end) for end in gained)
    if not new:
        text = f"mail to {whose} is refused; it reached {names(old)}"
        yield found.says("mail-refused", "-", address, text)
    elif not old:
        text = f"mail to {whose}, refused so far, now reaches {names(new)}"
        yield found.says("mail-reaches", "+outside" if outside else "+", address, text)
    elif gained and lost:
        yield found.says("mail-reaches", "~", address, f"mail to {whose} {_instead(old, new)}")
    elif gained:
        text = f"mail to {whose} now also reaches {names(gained)}"
        yield found.says("mail-reaches", "+outside" if outside else "+", address, text)
    else:
        case = "-gone" if all(gone(change, end) for end in lost) else "-"
        ours = [end for end in sorted(lost) if change.after.spec.is_ours(end) and not change.before.spec.is_ours(end)]
        why = f": {names(ours)} is ours now, and does not exist" if ours else ""
        text = f"mail to {whose} no longer reaches {names(lost)}{why}"
        yield found.says("mail-no-longer-reaches", case, address, text)


def _unknown(change: Change) -> Iterator[Said]:
    for found in change.of("unknown"):
        domain = found.subject
        old, new = _ends(found.old), _ends(found.new)
        if domain in change.removed_domains() or old == new:
            continue
        whose = f"mail to unknown addresses of {domain}"
        if not new:
            text = f"{domain} stops accepting unknown addresses; mail to them reached {names(old)}"
            yield found.says("unknown-addresses", "-", domain, text)
        elif not old:
            yield found.says("unknown-addresses", "+", domain, f"{whose} is accepted and reaches {names(new)}")
        else:
            yield found.says("unknown-addresses", "~", domain, f"{whose} {_instead(old, new)}")


def _server_mail(change: Change) -> Iterator[Said]:
    groups: dict[str, list[Difference]] = defaultdict(list)
    for found in change.of("server-mail"):
        if change.has_both(found.subject):
            groups[found.subject].append(found)
    for server, group in groups.items():
        locals_ = names(found.key[2].rpartition("@")[0] for found in group)
        ends = set().union(*(_ends(found.new) for found in group))
        now = f"now reaches {names(ends)}" if ends else "no longer has an address of its own"
        yield group[0].says("server-mail", "~", server, f"mail of {server} itself ({locals_}) {now}")


def _ends(fact: Fact | None) -> Ends:
    return fact.value if fact and isinstance(fact.value, frozenset) else NOBODY


def _instead(old: Ends, new: Ends) -> str:
    gained, lost = new - old, old - new
    if gained and lost:
        return f"now reaches {names(gained)} instead of {names(lost)}"
    return f"now also reaches {names(gained)}" if gained else f"no longer reaches {names(lost)}"
