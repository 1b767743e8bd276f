"""Hand edits."""

from tests.refusals import refused
from tests.specs import build


def test_hand_edit_stops_a_converge_by_default() -> None:
    assert build().hand_edits == "stop"


def test_hand_edit_may_be_replaced() -> None:
    assert build({"hand_edits": "replace"}).hand_edits == "replace"


def test_nothing_else_is_done_with_a_hand_edit() -> None:
    assert refused(hand_edits="ignore") == ["unknown-value at hand_edits"]
