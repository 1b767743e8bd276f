"""Spam policy."""

from tests.refusals import refused
from tests.specs import build


def test_mail_is_marked_before_it_is_refused() -> None:
    assert (build().spam.mark, build().spam.reject) == (6, 15)
    assert refused(spam={"mark": 15}) == ["out-of-order at spam"]


def test_senders_are_addresses_or_domains() -> None:
    found = build({"spam": {"allow": ["Friend@Example.com", "example.edu"]}}).spam
    assert found.allow == ("friend@example.com", "example.edu")


def test_pattern_is_no_regular_expression() -> None:
    assert refused(spam={"deny": [".*", "@example.com", "*.example.com"]}) == [
        "bad-domain at spam.deny.0",
        "bad-address at spam.deny.1",
        "bad-domain at spam.deny.2",
    ]
