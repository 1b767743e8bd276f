"""Shared mailboxes as cases."""

from mailspec.cases.accounts import PROTOCOLS
from mailspec.cases.case import FailedLogin, Mail, Reaches, Refused
from mailspec.cases.exchanges import Opened
from mailspec.model.shared import Right

from ..specs import account, build
from .pick import ids, pick

DESK = "desk@example.org"
SPEC = build(
    {
        "accounts": {
            "alice": account("alice"),
            "bob": account("bob"),
            "carol": account("carol"),
            "dave": account("dave", state="suspended"),
            "desk": {"aliases": ["help"], "shared": {"read": ["bob", "dave"], "manage": ["alice"], "send_as": ["bob"]}},
        },
    }
)


def test_every_right_is_tried_by_whoever_has_it_and_by_strangers() -> None:
    rights = {name: pick(SPEC, f"shared/{DESK}/{name}@example.org", Opened).right for name in ("alice", "bob", "carol")}
    assert rights == {"alice": Right.MANAGE, "bob": Right.READ, "carol": None}
    assert not [name for name in ids(SPEC, "shared/") if "dave" in name]


def test_nobody_logs_in_as_a_shared_mailbox() -> None:
    for port in PROTOCOLS:
        assert isinstance(pick(SPEC, f"no-login/{DESK}/{port}", FailedLogin), FailedLogin)
    assert not ids(SPEC, f"login/{DESK}/")


def test_mail_to_each_of_its_addresses_arrives() -> None:
    assert pick(SPEC, f"account/{DESK}", Mail).expect == Reaches(frozenset({DESK}))
    assert pick(SPEC, "alias/help@example.org", Mail).expect == Reaches(frozenset({DESK}))


def test_sending_as_it_is_proved_for_who_is_named_and_who_is_not() -> None:
    assert isinstance(pick(SPEC, "shared/help@example.org/bob@example.org/sends", Mail).expect, Reaches)
    assert isinstance(pick(SPEC, f"shared/{DESK}/alice@example.org/sends", Mail).expect, Refused)
