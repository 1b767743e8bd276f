"""Domains as cases."""

from mailspec.cases.book import NOBODY
from mailspec.cases.case import Mail, Reaches, Refused

from ..specs import full
from .pick import ids, pick


def test_unknown_address_is_refused_in_session() -> None:
    assert pick(full(), f"unknown/{NOBODY}-4@example.net", Mail).expect == Refused((550,), ("RCPT",))


def test_catch_all_takes_unknown_addresses() -> None:
    case = pick(full(), f"catch-all/{NOBODY}-6@shop.example", Mail)
    assert case.expect == Reaches(frozenset({"bob@example.org"}))


def test_role_address_reaches_the_postmaster() -> None:
    assert pick(full(), "role/abuse@shop.example", Mail).expect == Reaches(frozenset({"alice@example.org"}))


def test_role_address_that_is_an_alias_reaches_its_account() -> None:
    assert pick(full(), "role/security@example.org", Mail).expect == Reaches(frozenset({"bob@example.org"}))


def test_every_domain_has_its_role_addresses() -> None:
    assert len(ids(full(), "role/")) == 3 * 7 + 1
