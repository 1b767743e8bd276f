"""The facts of a spec: one module a topic, alphabetical. A spec that says the same in other words has equal facts."""

from collections.abc import Iterator

from ..model.domain import MailDomain
from . import (
    accounts,
    addresses,
    aliases,
    app_passwords,
    behalf,
    dmarc,
    dns,
    domains,
    life,
    limits,
    lists,
    local,
    mailing,
    mta_sts,
    relay,
    resolver,
    retention,
    senders,
    sending,
    servers,
    shared,
    sieve,
    spam,
    spf,
    tls,
    vacation,
    web,
)
from .fact import Change, Facts, Said, View

TOPICS = (
    accounts,
    addresses,
    aliases,
    app_passwords,
    behalf,
    dmarc,
    dns,
    domains,
    life,
    limits,
    lists,
    local,
    mailing,
    mta_sts,
    relay,
    resolver,
    retention,
    senders,
    sending,
    servers,
    shared,
    sieve,
    spam,
    spf,
    tls,
    vacation,
    web,
)


def facts(spec: MailDomain) -> Facts:
    """What addresses, logins and servers of a spec do."""
    return view_facts(View(spec))


def view_facts(view: View) -> Facts:
    """The facts of a view."""
    return dict(entry for topic in TOPICS for entry in topic.facts(view))


def said(change: Change) -> Iterator[Said]:
    """Everything the topics have to say about a change."""
    for topic in TOPICS:
        yield from topic.said(change)
