"""Numbers with a unit."""

import pytest

from mailspec.model.quantity import Unit
from tests.refusals import alice, refused
from tests.specs import build


@pytest.mark.parametrize(("text", "number"), [(5, 5), ("5", 5), ("5K", 5120), ("1 M", 1024**2), ("2T", 2 * 1024**4)])
def test_sizes_count_in_powers_of_1024(text: object, number: int) -> None:
    assert build({"accounts": alice(quota=text)}).accounts["alice"].quota == number


@pytest.mark.parametrize("text", ["", "G", "-1", "1.5G", "10GB", "1k", "1_000", "٣", "9" * 16, True, None, 1.5, [1]])
def test_what_is_no_size_is_refused(text: object) -> None:
    found = refused(accounts=alice(quota=text))
    assert len(found) == 1
    assert found[0].split()[0] in {"bad-unit", "wrong-type"}


def test_negative_number_is_refused() -> None:
    assert refused(accounts=alice(quota=-5)) == ["bad-unit at accounts.alice.quota"]


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (90, "90s"), (300, "5m"), (86400, "1d"), (86460, "1441m")])
def test_number_is_written_with_the_largest_unit_that_fits(number: int, text: str) -> None:
    assert Unit({"s": 1, "m": 60, "h": 3600, "d": 86400}).write(number) == text
