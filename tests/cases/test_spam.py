"""Spam as cases."""

from mailspec.cases.case import Mail, Reaches, Refused

from ..specs import build, full
from .pick import ids, pick


def test_worst_spam_is_refused_over_both_versions_of_ip() -> None:
    assert ids(full(), "spam/gtube/") == ["spam/gtube/ipv4", "spam/gtube/ipv6"]


def test_suspicious_mail_goes_to_junk() -> None:
    expect = pick(full(), "spam/junk", Mail).expect
    assert isinstance(expect, Reaches)
    assert expect.folder == "Junk"


def test_postmaster_receives_spam() -> None:
    assert isinstance(pick(full(), "spam/role/postmaster@shop.example", Mail).expect, Reaches)


def test_denied_sender_is_tried_in_envelope_and_header() -> None:
    spec = build({"spam": {"deny": ["bulk.example"]}})
    envelope, header = (pick(spec, f"spam/deny/bulk.example/{where}", Mail) for where in ("envelope", "header"))
    assert envelope.sender == "somebody@bulk.example"
    assert header.authors == ("somebody@bulk.example",)
    assert isinstance(envelope.expect, Refused)


def test_allowed_sender_has_to_be_proved() -> None:
    spec = build({"spam": {"allow": ["friend@example.edu"]}})
    assert isinstance(pick(spec, "spam/allow/friend@example.edu/proved", Mail).expect, Reaches)
    assert isinstance(pick(spec, "spam/allow/friend@example.edu/forged", Mail).expect, Refused)
