"""The domains of other people."""

from mailspec.cases.outside import outside_domains

from ..specs import build, full


def test_external_members_and_senders_of_the_spam_policy_count() -> None:
    spec = full(spam={"allow": ["friend@example.edu"], "deny": ["bulk.example", "x@example.org"]})
    assert outside_domains(spec) == ["bulk.example", "example.com", "example.edu"]


def test_small_spec_names_nobody() -> None:
    assert outside_domains(build()) == []
