"""The days on which an address takes no mail, as far as the spec knows them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from graphlib import TopologicalSorter

from .model.domain import MailDomain
from .routing import Route

Span = tuple[date, date]
"""A first and a last day."""
ALWAYS: Span = (date.min, date.max)


def closed(spec: MailDomain, table: dict[str, Route]) -> Iterator[tuple[str, Span]]:
    """Each address that is refused, with each span of days in which it is."""
    yield from (
        (address, ALWAYS) for address, route in table.items() if route.kind == "closed" and not route.is_pattern
    )
    for address, spans in _open(spec, table).items():
        yield from ((address, span) for span in _others(spans))


def days(spec: MailDomain, route: Route) -> Span:
    """The days of the account or alias that a route belongs to."""
    if route.path[0] == "lists":
        return ALWAYS
    entry = spec.accounts[str(route.path[1])] if route.path[0] == "accounts" else spec.aliases[str(route.path[1])]
    return entry.from_ or date.min, entry.until or date.max


def _open(spec: MailDomain, table: dict[str, Route]) -> dict[str, list[Span]]:
    """The days on which mail arrives somewhere, of each address that has any that differ from others."""
    dated = {("accounts", name) for name, account in spec.accounts.items() if account.from_ or account.until}
    dated |= {("aliases", name) for name, alias in spec.aliases.items() if alias.has_days}
    if not dated:
        return {}
    named = {address: route for address, route in table.items() if route.kind not in {"catch-all", "pattern", "role"}}
    joined = {address for address, entry in spec.mailing_lists.items() if entry.is_joined}
    ways_on = {a: route for a, route in named.items() if a not in joined}  # who has joined, the spec does not know
    touched = {a for a, route in named.items() if route.kind != "closed" and route.path[:2] in dated}
    fresh = touched
    while fresh:
        fresh = {a for a, route in ways_on.items() if a not in touched and not fresh.isdisjoint(route.targets)}
        touched |= fresh
    needs = {address: touched.intersection(named[address].targets) - {address} for address in touched}
    found: dict[str, list[Span]] = {}
    for address in TopologicalSorter(needs).static_order():
        own, route = days(spec, named[address]), named[address]
        ways = [[ALWAYS] if t == address or t not in touched else found[t] for t in route.targets]
        spans = [(max(own[0], first), min(own[1], last)) for way in ways for first, last in way]
        found[address] = _joined(span for span in spans if span[0] <= span[1])
    return found


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch as one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and (found[-1][1] == date.max or first <= found[-1][1] + timedelta(1)):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _others(spans: list[Span]) -> Iterator[Span]:
    """The days between spans that are in order, before the first and after the last."""
    first = date.min
    for begins, ends in spans:
        if begins > first:
            yield first, begins - timedelta(1)
        if ends == date.max:
            return
        first = ends + timedelta(1)
    yield first, date.max
