"""Lists and aliases in mail terms: who may post to an address. Whom a list reaches is told with the addresses."""

from collections import defaultdict
from collections.abc import Iterator

from ..routing import ruled
from ..spelling import spellings
from .accounts import gone, muted
from .fact import Change, Difference, Fact, FactKey, Said, View
from .words import names

Posters = frozenset[str]


def facts(view: View) -> Iterator[tuple[FactKey, Fact]]:
    """Who may post to the addresses of each list and alias that does not take mail from anyone."""
    for rule in ruled(view.spec):
        who = view.posters(rule)
        for own in rule.names:
            yield ("post", own), Fact(who, (*rule.path, "post"))


def said(change: Change) -> Iterator[Said]:
    """Who may post now, one statement for a list with its aliases."""
    groups: dict[tuple[Posters | None, Posters | None], list[Difference]] = defaultdict(list)
    for address in sorted(_addresses(change)):
        found = Difference(
            ("post", address),
            change.old.get(("post", _name(change.before, address))),
            change.new.get(("post", _name(change.after, address))),
        )
        old = _posters(found.old) if change.before.ends(found.subject) else None
        new = _posters(found.new)
        is_new = not change.before.ends(found.subject) and new is not None
        if change.after.ends(found.subject) and (old != new or is_new):
            groups[old, new].append(found)
    for (old, new), group in groups.items():
        for same in _by_list(change, group):
            yield from _list(change, same[0], names(each.subject for each in same), old, new)


def _addresses(change: Change) -> set[str]:
    """Those with a rule, and those that come or go: each may be a detail of another name, and then has its rule."""
    ruled_ = {str(key[1]) for key in change.old.keys() | change.new.keys() if key[0] == "post"}
    return ruled_ | {address for address in change.before.table.keys() ^ change.after.table.keys() if address[0] != "@"}


def _name(view: View, address: str) -> str:
    """The name that an address is known by: its own, or the one it is a detail of."""
    return next((name for name in spellings(view.spec, address) if name in view.table), address)


def _by_list(change: Change, group: list[Difference]) -> list[list[Difference]]:
    """The differences of a list and its aliases together, the list first."""
    found: dict[str, list[Difference]] = defaultdict(list)
    for each in group:
        route = change.after.route(each.subject)
        name = route.targets[0] if route and "aliases" in route.path[2:] else each.subject
        found[name].append(each)
    return [sorted(same, key=lambda each: (each.subject != name, each.subject)) for name, same in sorted(found.items())]


def _list(change: Change, found: Difference, list_: str, old: Posters | None, new: Posters | None) -> Iterator[Said]:
    subject = found.subject
    is_new = not change.before.ends(subject)
    if new is None:
        yield found.says("may-post", "~anyone", subject, f"anyone may now post to {list_}, so far only {_who(old)}")
    elif old is None:
        now = f"{_who(new)} may post to {list_}"
        case, text = ("+", now) if is_new else ("~closed", f"only {now}, so far anyone might")
        yield found.says("may-post", case, subject, text)
    else:
        gained, lost = _more(change.after, old, new), _more(change.before, new, old)
        if gained and lost:
            text = f"{_who(gained)} may now post to {list_}, and {_who(lost)} may no longer"
            yield found.says("may-post", "~", subject, text)
        elif gained:
            yield found.says("may-post", "+", subject, f"{_who(gained)} may now also post to {list_}")
        elif lost:
            case = "-gone" if all(_has_gone(change, poster) for poster in lost) else "-"
            yield found.says("may-not-post", case, subject, f"{_who(lost)} may no longer post to {list_}")


def _more(view: View, some: Posters, more: Posters) -> Posters:
    """Who is in the second and not in the first, in which `@domain` stands for every account of it."""
    found = {poster for poster in more - some if poster[poster.index("@") :] not in some}
    accounts = {login for login in view.mailboxes if view.receives(login) or view.sends(login)}
    whole = {name for name in found if name[0] == "@" and {a for a in accounts if a.endswith(name)} <= some}
    return frozenset(found - whole)


def _has_gone(change: Change, poster: str) -> bool:
    if poster.startswith("@"):
        return poster[1:] in change.removed_domains()
    return gone(change, poster) or muted(change, poster)


def _who(posters: Posters | None) -> str:
    if not posters:
        return "nobody"
    domains = names(poster[1:] for poster in posters if poster.startswith("@"))
    people = {poster for poster in posters if not poster.startswith("@")}
    return names({*people, *([f"accounts of {domains}"] if domains else ())})


def _posters(fact: Fact | None) -> Posters | None:
    return fact.value if fact and isinstance(fact.value, frozenset) else None
