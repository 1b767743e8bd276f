"""Limits as cases."""

from mailspec.cases.case import Mail, Refused

from ..specs import build
from .pick import pick


def test_too_large_message_is_refused_before_it_is_sent() -> None:
    case = pick(build({"limits": {"message_size": "20M"}}), "size/25", Mail)
    assert case.size == 20 * 1024**2 + 1
    assert case.expect == Refused((552,), ("MAIL",))
