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


def test_announcements_come_from_moderators_unless_said_otherwise() -> None:
    news = {"kind": "announcement", "members": ["alice"], "moderators": ["alice"]}
    assert build({"lists": {"news": news}}).lists["news"].post.value == "moderators"
    assert refused(lists={"news": {**news, "post": "members"}}) == ["announcement-list at lists.news"]


def test_posts_that_wait_have_a_moderator() -> None:
    chess = {"kind": "discussion", "members": ["alice"], "moderation": "all"}
    assert refused(lists={"chess": chess}) == ["no-moderator at lists.chess"]


def test_plain_list_has_nothing_that_only_mlmmj_does() -> None:
    assert refused(lists={"all": {"members": ["alice"], "prefix": "[all]"}}) == ["distribution-list at lists.all"]


def test_nobody_joins_a_list_of_the_spec_by_mail() -> None:
    chess = {"kind": "discussion", "members": ["alice"], "subscription": "open"}
    assert refused(lists={"chess": chess}) == ["closed-membership at lists.chess"]


def test_mailing_list_is_reached_by_its_own_address_alone() -> None:
    chess = {"kind": "discussion", "members": ["alice"], "aliases": ["club"]}
    for name in ("chess", "club"):
        lists = {"chess": chess, "all": {"members": [name]}}
        assert refused(lists=lists) == ["mailing-list-inside at lists.all.members.0"]
    assert refused(lists={"chess": chess}, aliases={"games": {"to": ["chess"]}}) == [
        "mailing-list-inside at aliases.games.to.0"
    ]


def test_prefix_is_plain_text() -> None:
    for prefix in ("[a\nBcc: x@example.com]", "$x", "é", "[x] ", "x" * 41):
        chess = {"kind": "discussion", "members": ["alice"], "prefix": prefix}
        assert refused(lists={"chess": chess}) == ["bad-prefix at lists.chess.prefix"]
