"""Relay as cases."""

from mailspec.cases.case import Kept, Mail, Refused, Signed

from ..specs import build, full
from .pick import ids, pick


def test_every_disguise_is_tried_from_every_side() -> None:
    assert ids(build(), "relay/percent/") == [
        f"relay/percent/{origin}-ipv{family}" for family in (4, 6) for origin in ("controller", "world")
    ]


def test_server_without_ipv6_is_not_tried_by_it() -> None:
    spec = build({"servers": {"mx1.example.org": {"addresses": ["198.51.100.25"]}}})
    assert not [name for name in ids(spec, "relay/") if name.endswith("ipv6")]


def test_nothing_is_relayed() -> None:
    assert isinstance(pick(full(), "relay/plain/world-ipv6", Mail).expect, Refused)


def test_catch_all_may_take_what_looks_like_a_route() -> None:
    spec = build({"domains": {"example.org": {"catch_all": "alice"}}})
    assert pick(spec, "relay/percent/world-ipv4", Mail).expect == Kept()
    assert isinstance(pick(spec, "relay/plain/world-ipv4", Mail).expect, Refused)


def test_submission_needs_a_login() -> None:
    assert pick(full(), "relay/submission-587", Mail).login == ""


def test_mail_to_the_outside_goes_by_way_of_the_relay() -> None:
    assert ids(build(), "relay/outside") == []
    expect = pick(build({"relay": {"host": "relay.friend.example"}}), "relay/outside", Mail).expect
    assert isinstance(expect, Signed)
    assert (expect.by, len(expect.keys)) == ("relay.friend.example", 2)
