"""Acknowledge."""

import pytest

from tests.refusals import refused
from tests.specs import build


def test_reason_is_kept_by_statement() -> None:
    given = {"mail-refused:info@example.org": "nobody writes there", "mass-removal:accounts": "the branch closed"}
    assert build({"acknowledge": given}).acknowledge == given


def test_nothing_is_acknowledged_by_default() -> None:
    assert build().acknowledge == {}


@pytest.mark.parametrize("key", ["mail-refused", "Mail:x", "mail-refused:", "mail-refused:a b", ":x"])
def test_key_is_a_kind_and_what_it_is_about(key: str) -> None:
    assert refused(acknowledge={key: "yes"})[0].startswith("bad-statement at ")


def test_reason_is_one_line_for_people() -> None:
    assert refused(acknowledge={"mass-removal:lists": ""})[0].startswith("unsafe-text at ")
