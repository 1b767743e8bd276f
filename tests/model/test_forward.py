"""Forwards: where mail goes on to, and who still speaks for the account."""

from typing import Any

import pytest

from mailspec.model.domain import MailDomain
from mailspec.routing import posters, reach, routes, senders
from tests.refusals import alice, refused
from tests.specs import account, build

FRIEND = "friend@example.com"


def _spec(lists: dict[str, Any] | None = None, **forward: Any) -> MailDomain:
    bob = account("bob", aliases=["robert"], forward=forward)
    return build({"accounts": {"alice": account("alice"), "bob": bob}, "lists": lists or {}})


def _ends(address: str, **forward: Any) -> frozenset[str]:
    spec = _spec(**forward)
    return reach(spec, routes(spec), address)


def test_copy_stays_unless_the_spec_says_otherwise() -> None:
    assert _ends("bob@example.org", to=[FRIEND]) == {"bob@example.org", FRIEND}
    assert _ends("bob@example.org", to=[FRIEND], keep=False) == {FRIEND}


def test_aliases_and_lists_of_the_account_are_forwarded_too() -> None:
    assert _ends("robert@example.org", to=["alice"], keep=False) == {"alice@example.org"}
    spec = _spec({"team": {"members": ["bob"], "post": "anyone"}}, to=[FRIEND], keep=False)
    assert reach(spec, routes(spec), "team@example.org") == {FRIEND}


def test_forward_to_a_group_that_holds_the_account_changes_nothing_for_it() -> None:
    assert _ends("bob@example.org", to=["everyone"]) == {"alice@example.org", "bob@example.org"}


def test_account_still_sends_and_posts_itself_and_its_target_does_not() -> None:
    spec = _spec({"team": {"members": ["bob"]}}, to=[FRIEND], keep=False)
    table = routes(spec)
    assert ("robert@example.org", "bob@example.org") in set(senders(spec, table))
    assert posters(spec, table, spec.lists["team"]) == {"bob@example.org"}


def test_forward_to_nobody_who_takes_mail_is_closed() -> None:
    accounts = {
        "alice": account("alice"),
        "bob": account("bob", aliases=["robert"], forward={"to": ["carol"], "keep": False}),
        "carol": account("carol", state="archived"),
    }
    table = routes(build({"accounts": accounts}))
    assert {table[f"{name}@example.org"].kind for name in ("bob", "robert", "carol")} == {"closed"}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"forward": {"to": []}}, "out-of-range at accounts.bob.forward.to"),
        ({"forward": {"to": ["nobody"]}}, "unknown-address at accounts.bob.forward.to.0"),
        ({"forward": {"to": ["group:x"]}}, "unknown-group at accounts.bob.forward.to.0"),
        ({"forward": {"to": [FRIEND]}, "receive": False}, "nothing-to-forward at accounts.bob"),
    ],
)
def test_forward_needs_somebody_and_some_mail(more: dict[str, Any], found: str) -> None:
    assert refused(accounts=alice() | {"bob": account("bob", **more)}) == [found]


def test_postmaster_keeps_the_mail() -> None:
    assert refused(accounts=alice(forward={"to": [FRIEND], "keep": False})) == ["no-postmaster at postmaster"]
    build({"accounts": alice(forward={"to": [FRIEND]})})
