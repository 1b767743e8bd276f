"""Circles: mail that would come back is refused while the spec is read."""

from typing import Any

import pytest

from tests.refusals import alice, refused
from tests.specs import account

AWAY = {"keep": False}


@pytest.mark.parametrize(
    ("bob", "more", "found"),
    [
        ({"to": ["carol"]}, {"carol": {"to": ["bob.ngata"], **AWAY}}, "forward-loop at accounts.bob"),
        ({"to": ["bob"]}, {}, "forward-loop at accounts.bob"),
        ({"to": ["team"], **AWAY}, {"lists": {"team": {"members": ["alice", "bob"]}}}, "list-loop at lists.team"),
        ({"to": ["desk"], **AWAY}, {"aliases": {"desk": {"to": ["bob.ngata"]}}}, "alias-loop at aliases.desk"),
        ({"to": ["group:both"], **AWAY}, {"carol": {"to": ["bob"]}}, "forward-loop at accounts.bob"),
    ],
)
def test_forward_does_not_lead_back(bob: dict[str, Any], more: dict[str, Any], found: str) -> None:
    forward = {"forward": more.pop("carol")} if "carol" in more else {}
    accounts = alice() | {
        "bob": account("bob", aliases=["bob.ngata"], forward=bob),
        "carol": account("carol", **forward),
    }
    groups = {"both": {"members": ["bob", "carol"]}}
    assert refused(accounts=accounts, groups=groups, **more) == [found]
