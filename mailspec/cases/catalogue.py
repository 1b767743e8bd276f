"""Every case that follows from a spec."""

from ..model.domain import MailDomain
from . import (
    accounts,
    aliases,
    app_passwords,
    behalf,
    dkim,
    domains,
    firewall,
    forward,
    greylisting,
    limits,
    lists,
    mailing,
    quota,
    relay,
    senders,
    sending,
    shared,
    smuggling,
    spam,
    tls,
    vacation,
    web,
)
from .book import Book
from .case import Case

FEATURES = (
    accounts,
    aliases,
    app_passwords,
    behalf,
    dkim,
    domains,
    firewall,
    forward,
    greylisting,
    limits,
    lists,
    mailing,
    quota,
    relay,
    senders,
    sending,
    shared,
    smuggling,
    spam,
    tls,
    vacation,
    web,
)
"""The generators, one module a feature."""


def catalogue(spec: MailDomain) -> list[Case]:
    """The cases of a spec on a day when all are at work (`spec.on` gives another), each id once."""
    book = Book(spec)
    found: dict[str, Case] = {}
    for feature in FEATURES:
        for case in feature.cases(book):
            assert case.id not in found, case.id
            found[case.id] = case
    return list(found.values())
