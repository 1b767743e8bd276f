"""Aliases of no single account as cases."""

from datetime import date

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


def test_alias_for_accounts_alone_refuses_a_stranger_at_once() -> None:
    spec = full(aliases={"desk": {"to": ["alice"], "post": "domain"}})
    assert pick(spec, "alias-rule/desk@example.net/stranger", Mail).expect == Refused((550,), ("RCPT",))
    case = pick(spec, "alias-rule/desk@example.org/dave@shop.example", Mail)
    assert (case.login, case.expect) == ("dave@shop.example", Reaches(frozenset({"alice@example.org"})))


def test_alias_out_of_its_days_is_refused_in_session() -> None:
    spec = full(aliases={"fair": {"to": ["alice"], "send_as": ["bob"], "until": "2026-12-31"}})
    assert isinstance(pick(spec.on(date(2026, 12, 31)), "alias/fair@example.org", Mail).expect, Reaches)
    after = spec.on(date(2027, 1, 1))
    assert pick(after, "alias/fair@example.org", Mail).expect == Refused((550,), ("RCPT",))
    assert pick(after, "alias/fair@example.org/bob@example.org", Mail).expect == Refused((553,), ("MAIL", "RCPT"))


def test_alias_of_nobody_is_refused_in_session() -> None:
    spec = full(aliases={"orders": {"to": ["carol"], "send_as": ["bob"]}})
    assert pick(spec, "alias/orders@example.org", Mail).expect == Refused((550,), ("RCPT",))
    assert "alias/orders@example.net/bob@example.org" not in ids(spec, "alias/")
