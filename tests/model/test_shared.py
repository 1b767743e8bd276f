"""Shared mailboxes: who may be named, and what such an account can not have."""

from typing import Any

import pytest

from mailspec.routing import routes, senders
from mailspec.shared import opened, rights
from tests.refusals import refused
from tests.specs import account, build

PEOPLE = {"alice": account("alice"), "bob": account("bob", groups=["sales"]), "carol": account("carol")}


def accounts(shared: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**PEOPLE, "desk": {"shared": shared, **more}}


def test_the_strongest_right_counts() -> None:
    spec = build({"accounts": accounts({"read": ["everyone"], "write": ["group:sales"], "manage": ["alice"]})})
    found = {(mailbox, login): str(right) for mailbox, login, right, _ in opened(spec, routes(spec))}
    desk = "desk@example.org"
    assert found == {
        (desk, "alice@example.org"): "manage",
        (desk, "bob@example.org"): "write",
        (desk, "carol@example.org"): "read",
    }


def test_who_can_not_log_in_by_imap_opens_nothing() -> None:
    people = {"bob": account("bob", state="suspended"), "carol": account("carol", protocols=["smtp"])}
    spec = build({"accounts": {**accounts({"read": ["alice", "bob", "carol"]}), **people}})
    assert [login for _, login, _, _ in opened(spec, routes(spec))] == ["alice@example.org"]


def test_an_archived_mailbox_is_opened_by_nobody() -> None:
    spec = build({"accounts": accounts({"read": ["alice"]}, state="archived")})
    assert list(opened(spec, routes(spec))) == []


def test_only_who_is_named_sends_as_it() -> None:
    spec = build({"accounts": accounts({"write": ["alice"], "send_as": ["bob"]}, aliases=["help"])})
    found = {pair for pair in senders(spec, routes(spec)) if pair[0] in {"desk@example.org", "help@example.org"}}
    assert found == {("desk@example.org", "bob@example.org"), ("help@example.org", "bob@example.org")}


def test_nobody_may_share_on() -> None:
    spec = build({"accounts": accounts({"manage": ["alice"]})})
    found = list(rights(spec))
    assert ("Shared/desk@example.org/*", "desk@example.org:read", "lr") in found
    assert not [letters for _, _, letters in found if "a" in letters]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("password", {"hash": "x"}),
        ("protocols", ["imap"]),
        ("groups", ["sales"]),
        ("department", "sales"),
        ("sending", {}),
        ("state", "suspended"),
    ],
)
def test_what_is_about_a_login_is_refused(key: str, value: object) -> None:
    value = PEOPLE["alice"]["password"] if key == "password" else value
    assert refused(accounts=accounts({}, **{key: value})) == ["shared-login at accounts.desk"]


def test_an_account_has_a_password_unless_it_is_shared() -> None:
    assert refused(accounts={**PEOPLE, "desk": {}}) == ["missing-key at accounts.desk.password"]


@pytest.mark.parametrize("word", ["read", "write", "manage", "send_as"])
@pytest.mark.parametrize("name", ["desk", "nobody", "friend@example.com"])
def test_only_who_logs_in_is_named(word: str, name: str) -> None:
    wrong = "unknown-address" if name == "nobody" else "no-login"
    assert refused(accounts=accounts({word: [name]})) == [f"{wrong} at accounts.desk.shared.{word}.0"]


def test_a_shared_mailbox_is_in_no_group() -> None:
    changed = {"accounts": accounts({"read": ["alice"]})}
    assert "desk@example.org" not in build(changed).group_people["everyone"]
    assert refused(**changed, groups={"team": {"members": ["desk"]}}) == ["no-person at groups.team.members.0"]


def test_a_shared_mailbox_is_no_postmaster() -> None:
    assert refused(accounts=accounts({"read": ["alice"]}), postmaster="desk") == ["no-postmaster at postmaster"]
