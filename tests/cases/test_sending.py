"""Sending as cases."""

from mailspec.cases.case import Allowance

from ..specs import account, build
from .pick import ids, pick

SPEC = build(
    {
        "accounts": {
            "alice": account("alice"),
            "bob": account("bob"),
            "printer": account("printer", sending={"messages_per_hour": 20}),
            "carol": account("carol", state="suspended", sending={"messages_per_hour": 20}),
        }
    }
)


def test_own_limits_are_proved_and_once_those_of_everybody() -> None:
    assert ids(SPEC, "sending/") == ["sending/alice@example.org", "sending/printer@example.org"]
    assert pick(SPEC, "sending/alice@example.org", Allowance).messages == 300
    assert pick(SPEC, "sending/printer@example.org", Allowance).messages == 20
    assert pick(SPEC, "sending/printer@example.org", Allowance).recipients == 1500
