"""Days of the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import alice, refused
from tests.specs import account, build


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    accounts = alice() | {"bob": account("bob", until=day.isoformat())}
    assert build({"accounts": accounts}).accounts["bob"].until == day


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "20260101", "2026-01-01T00:00", 2026, True],
)
def test_what_is_no_day_is_refused(text: object) -> None:
    accounts = alice() | {"bob": account("bob", until=text)}
    assert refused(accounts=accounts) == ["bad-day at accounts.bob.until"]
