"""Smuggling as cases."""

from mailspec.cases.case import Smuggle

from ..specs import build
from .pick import ids, pick


def test_eight_crooked_endings_are_tried() -> None:
    assert len(ids(build(), "smuggling/")) == 8


def test_no_ending_is_the_right_one() -> None:
    for name in ids(build(), "smuggling/"):
        assert pick(build(), name, Smuggle).ending != b"\r\n.\r\n"
