"""Aliases of no single account as cases."""

from mailspec.cases.case import Mail, Reaches, Refused
from mailspec.model.domain import MailDomain

from ..specs import full
from .pick import ids, pick


def _spec() -> MailDomain:
    groups = {"sales": {"members": ["bob", "partner@example.com"]}}
    return full(groups=groups, aliases={"orders": {"to": ["alice", "group:sales"], "send_as": ["bob"]}})


def test_alias_reaches_all_its_targets_in_every_name_of_its_domain() -> None:
    ends = frozenset({"alice@example.org", "bob@example.org", "partner@example.com"})
    for domain in ("example.org", "example.net"):
        assert pick(_spec(), f"alias/orders@{domain}", Mail).expect == Reaches(ends)


def test_who_is_named_sends_as_the_alias_and_nobody_else() -> None:
    allowed = pick(_spec(), "alias/orders@example.net/bob@example.org", Mail)
    assert (allowed.sender, allowed.authors) == ("orders@example.net", ("orders@example.net",))
    assert isinstance(allowed.expect, Reaches)
    refused = pick(_spec(), "alias/orders@example.org/alice@example.org", Mail)
    assert refused.expect == Refused((553,), ("MAIL", "RCPT"))


def test_alias_of_nobody_is_refused_in_session() -> None:
    spec = full(aliases={"orders": {"to": ["carol"], "send_as": ["bob"]}})
    assert pick(spec, "alias/orders@example.org", Mail).expect == Refused((550,), ("RCPT",))
    assert "alias/orders@example.net/bob@example.org" not in ids(spec, "alias/")
