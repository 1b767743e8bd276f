"""Senders as cases."""

import pytest

from mailspec.cases.case import Mail, Reaches, Refused

from ..specs import full
from .pick import pick


@pytest.mark.parametrize("name", ["own", "detail", "null", "alias-info@shop.example", "domain-alias-alice@example.net"])
def test_user_writes_as_every_own_address(name: str) -> None:
    assert isinstance(pick(full(), f"sender/alice@example.org/{name}", Mail).expect, Reaches)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("other-envelope", 553),
        ("other-header", 554),
        ("other-both", 553),
        ("other-name", 554),
        ("null-other", 554),
        ("outside", 553),
        ("two-headers", 554),
        ("two-authors", 554),
        ("comment", 554),
    ],
)
def test_user_writes_as_nobody_else(name: str, code: int) -> None:
    expect = pick(full(), f"sender/alice@example.org/{name}", Mail).expect
    assert isinstance(expect, Refused)
    assert expect.codes == (code,)
