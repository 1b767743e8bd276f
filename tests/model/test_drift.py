"""Drift."""

from tests.refusals import refused
from tests.specs import build


def test_every_drift_is_reported_by_default() -> None:
    assert build().drift.ignore == ()


def test_foreign_things_may_be_welcome() -> None:
    assert build({"drift": {"ignore": ["9100/tcp", "table inet f2b-*"]}}).drift.ignore == (
        "9100/tcp",
        "table inet f2b-*",
    )


def test_pattern_is_one_visible_line() -> None:
    assert refused(drift={"ignore": ["a\nb"]}) == ["unsafe-text at drift.ignore.0"]
