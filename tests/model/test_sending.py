"""How much an account may send."""

from typing import Any

from mailspec.model.sending import effective
from tests.refusals import refused
from tests.specs import account, build


def accounts(**sending: int) -> dict[str, Any]:
    return {"alice": account("alice", sending=sending)}


def test_everybody_has_a_limit_unless_told_otherwise() -> None:
    found = build().limits.sending
    assert (found.messages_per_hour, found.messages_per_day) == (300, 2000)
    assert (found.recipients_per_hour, found.recipients_per_day) == (1500, 10_000)


def test_what_an_account_leaves_out_is_that_of_everybody() -> None:
    spec = build({"limits": {"sending": {"messages_per_day": 3000}}, "accounts": accounts(messages_per_hour=500)})
    found = effective(spec.limits.sending, spec.accounts["alice"].sending)
    assert (found.messages_per_hour, found.messages_per_day, found.recipients_per_hour) == (500, 3000, 1500)


def test_an_hour_allows_no_more_than_a_day() -> None:
    assert refused(limits={"sending": {"messages_per_hour": 2001}}) == ["out-of-order at limits.sending"]
    assert refused(accounts=accounts(recipients_per_hour=10_001)) == ["out-of-order at accounts.alice.sending"]


def test_nothing_at_all_is_no_limit() -> None:
    assert refused(limits={"sending": {"messages_per_hour": 0}}) == ["out-of-range at limits.sending.messages_per_hour"]
