"""DMARC records."""

import pytest

from mailspec.dns.dmarc import records
from tests.specs import build, full


def _tags(value: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in value.strip('"').split("; "))


def test_every_domain_has_a_policy_and_takes_its_own_reports() -> None:
    for found in records(full()):
        domain = found.name.removeprefix("_dmarc.")
        assert _tags(found.values[0])["rua"] == f"mailto:dmarc-reports@{domain}"


def test_policy_is_the_second_tag() -> None:
    for found in records(full()):
        assert list(_tags(found.values[0]))[:2] == ["v", "p"]


def test_tags_that_rfc_9989_removed_are_not_used() -> None:
    for found in records(full()):
        assert not {"pct", "rf", "ri"} & _tags(found.values[0]).keys()


@pytest.mark.parametrize("policy", ["none", "quarantine", "reject"])
def test_policy_is_that_of_the_spec(policy: str) -> None:
    (found,) = records(build({"domains": {"example.org": {"dmarc": policy}}}))
    assert _tags(found.values[0])["p"] == policy
    assert ("np" in _tags(found.values[0])) == (policy != "none")
