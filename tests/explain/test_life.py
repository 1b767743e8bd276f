"""What an account may do by its state, days and protocols, as `explain` tells it."""

from typing import Any

import pytest

from mailspec.explain import explain, may, question
from mailspec.model.domain import MailDomain
from tests.specs import account, build

DAYS = {"from": "2026-01-01", "until": "2026-12-31"}


def life(**more: Any) -> MailDomain:
    return build({"accounts": {"alice": account("alice"), "bob": account("bob", **more)}})


@pytest.mark.parametrize(
    ("more", "note", "key"),
    [
        ({"state": "send-blocked"}, "send-blocked: what it submits is refused with 554 5.7.1", "state"),
        ({"state": "suspended"}, "suspended: nobody can log in", "state"),
        (DAYS, "at work from 2026-01-01 until 2026-12-31 (UTC), else as if archived", "until"),
        ({"from": "2026-01-01"}, "at work from 2026-01-01 (UTC), else as if archived", "from"),
        ({"protocols": ["smtp", "imap"]}, "logs in by IMAP and SMTP alone", "protocols"),
    ],
)
def test_mailbox_tells_what_is_unusual_about_it(more: dict[str, Any], note: str, key: str) -> None:
    told = [(fact.text, fact.path) for fact in explain(life(**more), "bob").mail.notes]
    assert told[1:] == [(note, ("accounts", "bob", key))]


@pytest.mark.parametrize(
    ("more", "rule", "code", "key"),
    [
        ({"state": "send-blocked"}, "sending", "554 5.7.1", "state"),
        ({"state": "suspended"}, "login", "535 5.7.8", "state"),
        ({"state": "archived"}, "login", "535 5.7.8", "state"),
        ({"protocols": ["imap"]}, "login", "535 5.7.8", "protocols"),
    ],
)
def test_rule_that_keeps_an_account_from_sending(more: dict[str, Any], rule: str, code: str, key: str) -> None:
    spec = life(**more)
    found = may(spec, question(spec, "alice", login="bob"))
    assert (found.allowed, found.decides.rule, found.decides.code) == (False, rule, code)
    assert found.decides.path == ("accounts", "bob", key)


def test_days_are_a_condition_of_the_answer() -> None:
    spec = life(**DAYS)
    found = may(spec, question(spec, "alice", login="bob"))
    assert (found.allowed, found.condition) == (True, "it is at work that day, from 2026-01-01 until 2026-12-31")


def test_account_that_only_sends_owns_its_address_and_refuses_mail() -> None:
    spec = life(protocols=["smtp"], receive=False, aliases=["scan"])
    found = explain(spec, "scan")
    assert (found.mail.kind, found.mail.path) == ("closed", ("accounts", "bob", "receive"))
    assert [(sender.login, sender.fact) for sender in found.senders] == [("bob@example.org", "has it as an alias")]
    assert explain(spec, "bob").senders[0].fact == "is its login"
