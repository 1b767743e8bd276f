"""Accounts as cases."""

from mailspec.cases.case import FailedLogin, Mail, Reaches, Refused

from ..specs import full
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


def test_disabled_account_can_not_log_in() -> None:
    assert len(ids(full(), "disabled/carol@example.org/")) == 5
    assert not pick(full(), "disabled/carol@example.org/993", FailedLogin).succeeds
    assert ids(full(), "login/carol@example.org/") == []


def test_disabled_account_receives_nothing() -> None:
    assert pick(full(), "disabled/carol@example.org", Mail).expect == Refused((550,), ("RCPT",))


def test_text_of_the_hash_is_no_password() -> None:
    case = pick(full(), "hash-password/alice@example.org", FailedLogin)
    assert case.late
    assert not case.succeeds
