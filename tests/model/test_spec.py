"""What all parts of the spec have in common."""

import pytest
from pydantic import ValidationError

from mailspec.model.spec import Clash, ClashError
from tests.refusals import refused
from tests.specs import build


def test_parts_are_frozen() -> None:
    with pytest.raises(ValidationError):
        build().spam.mark = 1  # type: ignore[misc]


def test_numbers_are_not_read_from_text() -> None:
    assert refused(limits={"recipients": "100"}) == ["wrong-type at limits.recipients"]


def test_clash_error_carries_every_clash() -> None:
    error = ClashError([Clash(("a",), "one", "first", ""), Clash(("b",), "two", "second", "")])
    assert str(error) == "first; second"
