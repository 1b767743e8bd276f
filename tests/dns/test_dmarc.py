"""DMARC records."""

import re

import dns.rdata
import dns.rdtypes.ANY.TXT
import pytest
from hypothesis import given

from mailspec.dns.dmarc import records
from mailspec.model.dmarc import Dmarc
from mailspec.model.domain import MailDomain
from tests.plan.strategies import wholes
from tests.specs import build, full

_DOMAINS = {"example.net": {"alias_of": "example.org"}, "shop.example": {}}


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


def test_record_holds_all_that_the_spec_says() -> None:
    dmarc = {
        "policy": "reject",
        "subdomains": "quarantine",
        "testing": True,
        "strict": ["spf", "dkim"],
        "reports": ["bob", "us@reports.example.net"],
        "failure_reports": ["security@shop.example"],
    }
    policy, agreement = (r for r in records(full(domains={**_DOMAINS, "example.org": {"dmarc": dmarc}})) if _of(r.name))
    assert policy.values[0].strip('"') == (
        "v=DMARC1; p=reject; sp=quarantine; np=reject; t=y; adkim=s; aspf=s; "
        "rua=mailto:bob@example.org,mailto:us@reports.example.net; ruf=mailto:security@shop.example; fo=1"
    )
    assert (agreement.name, agreement.values) == ("example.org._report._dmarc.shop.example", ('"v=DMARC1;"',))


def test_policy_of_names_below_stands_only_where_it_differs() -> None:
    (found,) = records(build({"domains": {"example.org": {"dmarc": {"policy": "reject", "subdomains": "reject"}}}}))
    assert "sp" not in _tags(found.values[0])


_TAGS = {  # RFC 7489, 6.3, and RFC 9989: what both know, or the older one skips
    "v": "DMARC1",
    "p": "none|quarantine|reject",
    "sp": "none|quarantine|reject",
    "np": "none|quarantine|reject",
    "t": "y|n",
    "adkim": "r|s",
    "aspf": "r|s",
    "fo": "1",
    "rua": r"mailto:[a-z.-]+@[a-z.-]+(,mailto:[a-z.-]+@[a-z.-]+)*",
    "ruf": r"mailto:[a-z.-]+@[a-z.-]+(,mailto:[a-z.-]+@[a-z.-]+)*",
}


@given(wholes())
def test_readers_of_both_rfcs_understand_every_record(spec: MailDomain) -> None:
    for found in records(spec):
        (value,) = found.values
        read = dns.rdata.from_text("IN", "TXT", value)
        assert isinstance(read, dns.rdtypes.ANY.TXT.TXT)
        text = b"".join(read.strings).decode()
        if found.name.startswith("_dmarc."):
            tags = _tags(text)
            assert list(tags)[:2] == ["v", "p"]
            assert all(re.fullmatch(_TAGS[tag], content) for tag, content in tags.items())
            _means(spec.domains[found.name.removeprefix("_dmarc.")].dmarc, tags)
        else:
            domain, _, host = found.name.partition("._report._dmarc.")
            assert (text, domain in spec.domains, host in spec.domains) == ("v=DMARC1;", True, True)


def _means(dmarc: Dmarc, tags: dict[str, str]) -> None:
    """Whether tags say what the spec does; what is left out has the default of the RFC."""
    assert (tags["p"], tags.get("sp", tags["p"])) == (dmarc.policy, dmarc.below)
    assert (tags.get("t") == "y") == dmarc.testing
    assert {name for name, tag in (("dkim", "adkim"), ("spf", "aspf")) if tags.get(tag, "r") == "s"} == dmarc.strict


def _of(name: str) -> bool:
    return name == "_dmarc.example.org" or "_report" in name
