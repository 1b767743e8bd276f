"""Limits."""

from tests.refusals import refused
from tests.specs import build


def test_defaults_suit_a_small_organisation() -> None:
    found = build().limits
    assert (found.message_size, found.recipients, found.auth_rate) == (50 * 1024**2, 100, 10)


def test_at_least_a_hundred_recipients_are_accepted() -> None:
    assert refused(limits={"recipients": 99}) == ["out-of-range at limits.recipients"]


def test_message_size_takes_a_unit_and_has_bounds() -> None:
    assert build({"limits": {"message_size": "25M"}}).limits.message_size == 25 * 1024**2
    assert refused(limits={"message_size": "2G"}) == ["out-of-range at limits.message_size"]
