"""Forwards as `explain` tells them."""

from typing import Any

import pytest

from mailspec.explain import explain
from mailspec.model.domain import MailDomain
from tests.specs import account, build


def _spec(**forward: Any) -> MailDomain:
    return build({"accounts": {"alice": account("alice"), "bob": account("bob", forward=forward)}})


@pytest.mark.parametrize(
    ("keep", "kind", "fact"),
    [
        (True, "mailbox", "mailbox on mx1.example.org, forwarded too"),
        (False, "forward", "forwarded, its mailbox keeps no copy"),
    ],
)
def test_forward_is_told_with_whom_it_reaches(keep: bool, kind: str, fact: str) -> None:
    step = explain(_spec(to=["alice", "friend@example.com"], keep=keep), "bob").mail
    assert (step.kind, step.fact) == (kind, fact)
    assert [(below.address, below.path) for below in step.next] == [
        ("alice@example.org", ("accounts", "bob", "forward", "to", 0)),
        ("friend@example.com", ("accounts", "bob", "forward", "to", 1)),
    ]
    assert [sender.login for sender in explain(_spec(to=["alice"], keep=keep), "bob").senders] == ["bob@example.org"]
