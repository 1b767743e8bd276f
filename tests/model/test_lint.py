"""Silences of lint."""

from tests.refusals import refused
from tests.specs import build


def test_nothing_is_silent_unless_the_spec_says_so() -> None:
    assert build().lint.silence == {}


def test_rule_or_one_of_its_findings_is_silenced_with_a_reason() -> None:
    silence = {"no-ipv6": "our provider has none", "empty-list:sales@example.org": "until March"}
    assert build({"lint": {"silence": silence}}).lint.silence == silence


def test_silence_needs_a_reason_and_names_a_finding() -> None:
    assert refused(lint={"silence": {"no-ipv6": "", "No IPv6": "x", "no-ipv6:": "x", "a:b\nc": "x"}}) == [
        "unsafe-text at lint.silence.no-ipv6",
        "bad-silence at lint.silence.No IPv6",
        "bad-silence at lint.silence.no-ipv6:",
        "bad-silence at lint.silence.a:b\nc",
    ]
    assert refused(lint={"silence": {"no-ipv6": None}}) == ["wrong-type at lint.silence.no-ipv6"]
