"""Distribution lists."""

from tests.refusals import refused
from tests.specs import build


def test_members_may_post_by_default() -> None:
    assert build({"lists": {"staff": {"members": ["alice"]}}}).lists["staff"].post.value == "members"


def test_list_without_members_is_refused() -> None:
    assert refused(lists={"staff": {"members": []}}) == ["out-of-range at lists.staff.members"]


def test_moderated_list_has_a_moderator() -> None:
    assert refused(lists={"news": {"members": ["alice"], "post": "moderators"}}) == ["no-moderator at lists.news"]


def test_unknown_posting_rule_is_refused() -> None:
    assert refused(lists={"news": {"members": ["alice"], "post": "all"}}) == ["unknown-value at lists.news.post"]


def test_member_can_not_be_a_command_or_a_file() -> None:
    for member in ("|/bin/sh", ":include:/etc/passwd", "/var/mail/x", '"|id"@example.com', "a@[198.51.100.1]"):
        assert refused(lists={"all": {"members": [member]}})[0].endswith(" at lists.all.members.0")
