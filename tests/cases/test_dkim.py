"""DKIM as cases."""

from mailspec.cases.case import Mail, Signed
from mailspec.cases.exchanges import Bounce

from ..specs import full
from .pick import ids, pick


def test_mailbox_and_alias_of_every_domain_are_signed() -> None:
    assert ids(full(), "dkim/") == [
        "dkim/account/alice@example.net",
        "dkim/account/alice@example.org",
        "dkim/alias/alice.martin@example.net",
        "dkim/alias/alice.martin@example.org",
        "dkim/account/dave@shop.example",
        "dkim/bounce",
    ]


def test_alias_domain_signs_in_its_own_name() -> None:
    expect = pick(full(), "dkim/account/alice@example.net", Mail).expect
    assert isinstance(expect, Signed)
    assert expect.keys == {("example.net", "ed1"), ("example.net", "rsa1")}


def test_bounce_is_signed_by_the_domain_of_the_server() -> None:
    assert pick(full(), "dkim/bounce", Bounce).keys == {("example.org", "ed1"), ("example.org", "rsa1")}
