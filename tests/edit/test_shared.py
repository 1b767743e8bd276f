"""Sharing a mailbox from the command line: each person has one right, and what is not shared is left alone."""

import shutil
from pathlib import Path

import pytest

from mailspec.edit import accounts, shared
from mailspec.edit.draft import Draft
from mailspec.problem import SpecError

BASE = Path(__file__).parent / "base"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(BASE, tmp_path / "spec"))
    draft = Draft(folder)
    shared.share(draft, "desk", {"read": ["bob"], "write": ["alice"], "send_as": ["bob"]})
    draft.save()
    return folder


def test_who_gets_another_right_loses_the_one_before(spec: Path) -> None:
    draft = Draft(spec)
    shared.share(draft, "desk", {"manage": ["bob"]}, "Front desk")
    assert draft.get("accounts", "desk") == {
        "name": "Front desk",
        "shared": {"write": ["alice"], "manage": ["bob"], "send_as": ["bob"]},
    }


def test_whom_it_is_not_shared_with_is_refused(spec: Path) -> None:
    draft = Draft(spec)
    with pytest.raises(SpecError, match="`nobody` is not named there"):
        shared.unshare(draft, "desk", ["nobody"])
    shared.unshare(draft, "desk", ["bob"])
    assert draft.get("accounts", "desk", "shared") == {"write": ["alice"]}


def test_a_shared_mailbox_has_no_password_to_change(spec: Path) -> None:
    with pytest.raises(SpecError, match="it has no password"):
        accounts.owner(Draft(spec), "desk")
