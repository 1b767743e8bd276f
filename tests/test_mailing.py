"""What mlmmj is told of each mailing list."""

from typing import Any

import pytest

from mailspec.mailing import control
from mailspec.rows import rows
from tests.specs import account, build

ACCOUNTS = {name: account(name) for name in ("alice", "bob", "carol")}


def told(**entry: Any) -> dict[str, str]:
    """The control files of a list."""
    spec = build(
        {"accounts": ACCOUNTS, "lists": {"chess": {"kind": "discussion", "members": ["alice", "bob"], **entry}}}
    )
    ((address, found),) = spec.mailing_lists.items()
    return {file: text for _, file, text in control(spec, address, found)}


def tables(**entry: Any) -> dict[str, list[Any]]:
    spec = build(
        {"accounts": ACCOUNTS, "lists": {"chess": {"kind": "discussion", "members": ["alice", "bob"], **entry}}}
    )
    return dict(rows(spec, "mx1.example.org"))


@pytest.mark.parametrize(
    ("entry", "switches"),
    [
        ({}, {"closedlist"}),
        ({"membership": "users"}, {"closedlistsub"}),
        ({"membership": "both", "subscription": "open"}, set()),
        ({"membership": "both", "subscription": "moderated"}, {"submod"}),
    ],
)
def test_doors_are_open_as_far_as_the_spec_says(entry: dict[str, Any], switches: set[str]) -> None:
    assert told(**entry).keys() & {"closedlist", "closedlistsub", "submod"} == switches


def test_only_what_the_filter_lets_pass_is_sent_and_nobody_gets_an_answer_for_the_rest() -> None:
    found = told()
    assert found["access"].splitlines() == ["send ^X-Mailspec-Post: send", "moderate ^X-Mailspec-Post: hold"]
    assert "noaccessdenymails" in found


def test_posts_name_their_list_and_no_other() -> None:
    found = told(membership="both", subscription="open")
    headers = dict(line.split(": ", 1) for line in found["customheaders"].splitlines())
    assert headers["List-Id"] == "<chess.example.org>"
    assert headers["List-Unsubscribe"] == "<mailto:chess+unsubscribe@example.org>"
    assert "List-" in found["delheaders"].splitlines()


def test_posts_are_left_by_one_click_where_there_is_a_web_service() -> None:
    server = {"mx1.example.org": {"addresses": ["198.51.100.25"], "web": "lists.example.org"}}
    for membership, is_there in (("both", True), ("spec", False)):
        lists = {"chess": {"kind": "discussion", "members": ["alice"], "membership": membership}}
        spec = build({"servers": server, "accounts": ACCOUNTS, "lists": lists})
        ((address, entry),) = spec.mailing_lists.items()
        headers = {file: text for _, file, text in control(spec, address, entry)}["customheaders"]
        assert ("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n" in headers) is is_there
    assert "List-Unsubscribe-Post" not in told(membership="both")["customheaders"]


def test_nobody_is_told_to_leave_a_list_that_can_not_be_left() -> None:
    assert "List-Unsubscribe" not in told()["customheaders"]


def test_answers_go_to_the_list_where_the_spec_says_so() -> None:
    assert "Reply-To: <chess@example.org>\n" in told(reply_to="list")["customheaders"]
    assert "Reply-To" not in told()["customheaders"]


def test_owners_are_the_postmaster_where_nobody_is_named() -> None:
    assert (told()["owner"], told(owners=["bob"])["owner"]) == ("alice@example.org\n", "bob@example.org\n")


def test_mail_for_a_mailing_list_goes_to_mlmmj_and_not_to_its_members() -> None:
    found = tables(owners=["carol"])
    assert ("chess@example.org", "chess@example.org") in found["route"]
    assert ("chess+owner@example.org", "carol@example.org") in found["route"]
    assert found["member"] == [("chess@example.org", "alice@example.org"), ("chess@example.org", "bob@example.org")]


def test_list_for_anyone_has_a_rule_too_as_its_commands_need_one() -> None:
    assert ("chess@example.org", "chess@example.org", "anyone") in tables(post="anyone")["list"]


def test_list_that_users_have_joined_is_open_though_nobody_of_the_spec_takes_mail() -> None:
    away = {name: account(name, **({"state": "archived"} if name != "alice" else {})) for name in ACCOUNTS}
    for membership, closed in (("spec", True), ("both", False)):
        lists = {"chess": {"kind": "discussion", "members": ["bob"], "membership": membership}}
        found = rows(build({"accounts": away, "lists": lists}), "mx1.example.org")["closed"]
        assert ("chess@example.org" in {address for address, *_ in found}) is closed
