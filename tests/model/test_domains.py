"""Domains and their aliases."""

import pytest

from tests.refusals import refused
from tests.specs import build


def test_domain_needs_nothing() -> None:
    found = build({"domains": {"example.org": {}}}).domains["example.org"]
    assert (found.alias_of, found.catch_all, found.dmarc.policy.value) == (None, None, "quarantine")


def test_alias_domain_has_no_catch_all() -> None:
    domains = {"example.org": {}, "example.net": {"alias_of": "example.org", "catch_all": "alice"}}
    assert refused(domains=domains) == ["alias-domain at domains.example.net"]


@pytest.mark.parametrize("target", ["example.net", "example.com", "other.example"])
def test_alias_leads_to_a_domain_that_holds_mailboxes(target: str) -> None:
    domains = {"example.org": {}, "example.net": {"alias_of": target}, "example.com": {"alias_of": "example.org"}}
    assert refused(domains=domains) == ["unknown-domain at domains.example.net.alias_of"]


def test_unknown_policy_is_refused() -> None:
    assert refused(domains={"example.org": {"dmarc": "rejct"}}) == ["unknown-value at domains.example.org.dmarc"]


def test_domain_leaves_room_for_its_records() -> None:
    long = ".".join(["a" * 60] * 3) + ".example"
    assert refused(domains={"example.org": {}, long: {"alias_of": "example.org"}}) == [f"too-long at domains.{long}"]
