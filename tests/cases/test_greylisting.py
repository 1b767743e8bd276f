"""Greylisting as cases."""

from typing import Any

import pytest

from mailspec.cases.case import Mail, Refused

from ..specs import build
from .pick import ids, pick


def test_first_delivery_is_deferred() -> None:
    case = pick(build(), "greylisting", Mail)
    assert case.fresh
    assert case.expect == Refused((451,), ("DATA",))


def test_message_looks_worse_where_more_is_forgiven() -> None:
    spec = build({"spam": {"greylisting": {"score": 8}, "mark": 10}})
    assert pick(spec, "greylisting", Mail).without == ("Message-ID",)


@pytest.mark.parametrize("spam", [{"greylisting": {"enabled": False}}, {"mark": 6, "reject": 8}])
def test_no_case_without_room_for_one(spam: dict[str, Any]) -> None:
    assert ids(build({"spam": spam}), "greylisting") == []
