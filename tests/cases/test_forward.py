"""Forwards as cases."""

from mailspec.cases.case import Mail, Reaches
from mailspec.cases.exchanges import Forwarded
from mailspec.cases.srs import forged
from mailspec.model.domain import MailDomain

from ..specs import account, build
from .pick import ids, pick

FRIEND = "friend@example.com"


def _spec() -> MailDomain:
    accounts = {
        "alice": account("alice"),
        "bob": account("bob", forward={"to": [FRIEND], "keep": False}),
        "carol": account("carol", forward={"to": ["alice"]}),
    }
    aliases = {"desk": {"to": ["alice", FRIEND]}, "inside": {"to": [FRIEND], "post": "domain"}}
    return build({"accounts": accounts, "aliases": aliases})


def test_whatever_leads_outside_is_tried_with_a_sender_and_without() -> None:
    assert ids(_spec(), "forward/") == [
        "forward/bob@example.org/sender",
        "forward/bob@example.org/null",
        "forward/desk@example.org/sender",
        "forward/desk@example.org/null",
        "forward/loop",
    ]
    case = pick(_spec(), "forward/bob@example.org/sender", Forwarded)
    assert (case.end, case.domain) == (FRIEND, "example.org")


def test_forwarded_mail_reaches_the_others_and_the_mailbox_only_if_it_keeps_a_copy() -> None:
    assert pick(_spec(), "account/bob@example.org", Mail).expect == Reaches(frozenset({FRIEND}))
    both = frozenset({"alice@example.org", "carol@example.org"})
    assert pick(_spec(), "account/carol@example.org", Mail).expect == Reaches(both)


def test_forged_return_address_has_another_signature() -> None:
    assert forged("SRS0=abcd=ef=example.com=x@example.org") == "SRS0=Abcd=ef=example.com=x@example.org"
