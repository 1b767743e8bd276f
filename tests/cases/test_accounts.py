"""Accounts as cases."""

from datetime import date
from typing import Any

from mailspec.cases.case import FailedLogin, Mail, Reaches, Refused
from mailspec.model.domain import MailDomain

from ..specs import account, build, full
from .pick import ids, pick


def test_every_account_logs_in_on_every_port() -> None:
    ports = [name.rpartition("/")[2] for name in ids(full(), "login/alice@example.org/")]
    assert ports == ["465", "587", "993", "995", "4190"]


def test_every_account_is_read_by_imap_and_pop3() -> None:
    assert ids(full(), "delivery/dave@shop.example/") == [
        "delivery/dave@shop.example/imap",
        "delivery/dave@shop.example/pop3",
    ]


def test_alias_reaches_its_account_in_every_domain() -> None:
    case = pick(full(), "alias/alice.martin@example.net", Mail)
    assert case.to == ("alice.martin@example.net",)
    assert case.expect == Reaches(frozenset({"alice@example.org"}))


def test_archived_account_can_not_log_in() -> None:
    assert len(ids(full(), "no-login/carol@example.org/")) == 5
    assert not pick(full(), "no-login/carol@example.org/993", FailedLogin).succeeds
    assert ids(full(), "login/carol@example.org/") == []


def test_archived_account_receives_nothing() -> None:
    assert pick(full(), "account/carol@example.org", Mail).expect == Refused((550,), ("RCPT",))
    assert pick(full(), "alias/former@example.org", Mail).expect == Refused((550,), ("RCPT",))


def life(**more: Any) -> MailDomain:
    return build({"accounts": {"alice": account("alice"), "bob": account("bob", **more)}})


def test_send_blocked_account_logs_in_and_its_mail_is_refused() -> None:
    spec = life(state="send-blocked")
    assert len(ids(spec, "login/bob@example.org/")) == 5
    assert pick(spec, "submission/bob@example.org/465", Mail).expect == Refused((554,), ("MAIL", "RCPT"))
    assert ids(spec, "sender/bob@example.org/") == []


def test_suspended_account_receives_without_a_login() -> None:
    spec = life(state="suspended")
    assert len(ids(spec, "no-login/bob@example.org/")) == 5
    assert pick(spec, "account/bob@example.org", Mail).expect == Reaches(frozenset({"bob@example.org"}))
    assert ids(spec, "wrong-password/bob") == []


def test_account_logs_in_by_its_protocols_alone() -> None:
    spec = life(protocols=["pop3", "smtp"])
    assert ids(spec, "login/bob@") == [f"login/bob@example.org/{port}" for port in (465, 587, 995)]
    assert ids(spec, "no-login/bob@") == [f"no-login/bob@example.org/{port}" for port in (993, 4190)]
    assert pick(spec, "wrong-password/bob@example.org", FailedLogin).protocol == "smtp"


def test_account_that_only_sends_takes_no_mail() -> None:
    spec = life(protocols=["smtp"], receive=False)
    assert pick(spec, "account/bob@example.org", Mail).expect == Refused((550,), ("RCPT",))
    assert pick(spec, "submission/bob@example.org/587", Mail).to == ("alice@example.org",)
    assert ids(spec, "delivery/bob@") == []


def test_account_that_has_left_is_as_if_archived() -> None:
    spec = life(until="2026-12-31")
    assert len(ids(spec.on(date(2026, 12, 31)), "login/bob@")) == 5
    assert len(ids(spec.on(date(2027, 1, 1)), "no-login/bob@")) == 5


def test_text_of_the_hash_is_no_password() -> None:
    case = pick(full(), "hash-password/alice@example.org", FailedLogin)
    assert case.late
    assert not case.succeeds
