"""Greylisting."""

import pytest

from tests.refusals import refused
from tests.specs import build


def test_strangers_wait_five_minutes_by_default() -> None:
    found = build().spam.greylisting
    assert (found.enabled, found.delay, found.score) == (True, 300, 4)


@pytest.mark.parametrize("delay", [59, "59s", "61m", "2h"])
def test_delay_stays_within_a_minute_and_an_hour(delay: object) -> None:
    assert refused(spam={"greylisting": {"delay": delay}}) == ["out-of-range at spam.greylisting.delay"]


def test_score_must_be_below_the_mark() -> None:
    assert refused(spam={"mark": 4}) == ["out-of-order at spam"]
    assert refused(spam={"mark": 4, "greylisting": {"enabled": False}}) == []
