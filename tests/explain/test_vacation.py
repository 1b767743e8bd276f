"""Answers and scripts, as `explain` tells them."""

from mailspec.explain import explain
from tests.specs import account, build

SCRIPTS = {"sieve/a.sieve": "keep;", "sieve/c.sieve": 'require "copy"; redirect :copy "archive@example.com";'}
ANSWER = {"text": "Away.", "until": "2027-01-06", "days": 1}


def test_mailbox_tells_who_is_answered_and_which_scripts_see_its_mail() -> None:
    spec = build(
        {
            "domains": {"example.org": {"sieve": "sieve/c.sieve"}},
            "accounts": {"alice": account("alice", sieve="sieve/a.sieve", vacation=ANSWER), "bob": account("bob")},
            "sieve": SCRIPTS,
        }
    )
    assert [(fact.text, fact.path) for fact in explain(spec, "alice").mail.notes[1:]] == [
        ("answered until 2027-01-06 (UTC), each sender once a day", ("accounts", "alice", "vacation")),
        ("sorted by sieve/c.sieve, which may redirect it", ("domains", "example.org", "sieve")),
        ("sorted by sieve/a.sieve", ("accounts", "alice", "sieve")),
    ]
    assert [fact.text for fact in explain(spec, "bob").mail.notes[1:]] == [
        "sorted by sieve/c.sieve, which may redirect it"
    ]
