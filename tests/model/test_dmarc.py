"""What others do with forged mail, and whom they tell."""

from typing import Any

import pytest

from mailspec.model.dmarc import Dmarc, Policy, failure_reports, reports
from tests.refusals import refused
from tests.specs import build, full


def _domains(dmarc: Any) -> dict[str, Any]:
    return {"example.org": {"dmarc": dmarc}}


@pytest.mark.parametrize("policy", Policy)
def test_short_form_is_the_policy(policy: Policy) -> None:
    found = build({"domains": _domains(str(policy))}).domains["example.org"].dmarc
    assert (
        found
        == Dmarc(policy=policy)
        == build({"domains": _domains({"policy": str(policy)})}).domains["example.org"].dmarc
    )


def test_names_below_follow_the_domain_unless_it_says_otherwise() -> None:
    assert Dmarc(policy=Policy.REJECT).below is Policy.REJECT
    assert Dmarc(policy=Policy.REJECT, subdomains=Policy.NONE).below is Policy.NONE


def test_policies_have_an_order() -> None:
    assert Policy.NONE.rank < Policy.QUARANTINE.rank < Policy.REJECT.rank


@pytest.mark.parametrize("tag", ["pct", "rf", "ri"])
def test_tag_that_rfc_9989_dropped_is_refused(tag: str) -> None:
    found = refused(domains=_domains({"policy": "reject", tag: 50}))
    assert found == [f"dropped-tag at domains.example.org.dmarc.{tag}"]


@pytest.mark.parametrize(("value", "why"), [(5, "wrong-type"), (["none"], "wrong-type"), ("None", "unknown-value")])
def test_what_is_no_policy_is_refused(value: Any, why: str) -> None:
    assert refused(domains=_domains(value)) == [f"{why} at domains.example.org.dmarc"]


def test_reports_go_to_the_domain_itself_unless_it_names_somebody() -> None:
    spec = full(domains={**_domains({"reports": ["bob", "us@reports.example"]}), "shop.example": {}})
    assert reports(spec, "example.org") == ("bob@example.org", "us@reports.example")
    assert reports(spec, "shop.example") == ("dmarc-reports@shop.example",)
    assert failure_reports(spec, "shop.example") == ()


def test_address_of_ours_that_gets_reports_exists() -> None:
    known = ["alice", "postmaster", "dmarc-reports@example.org", "us@reports.example"]
    assert refused(domains=_domains({"reports": known, "failure_reports": known})) == []
    assert refused(domains=_domains({"failure_reports": ["alice", "nobody"]})) == [
        "unknown-address at domains.example.org.dmarc.failure_reports.1"
    ]


def test_record_of_who_agrees_to_get_reports_has_a_legal_name() -> None:
    host = ".".join(["a" * 60] * 4)
    assert refused(domains=_domains({"reports": [f"us@{host}"]})) == ["too-long at domains.example.org.dmarc.reports.0"]
