"""Policies that mail travels over TLS."""

from typing import Any

import pytest

from mailspec.model.mta_sts import covers, hosts
from tests.refusals import refused
from tests.specs import build


def _domains(**policy: Any) -> dict[str, Any]:
    return {"example.org": {"mta_sts": policy}}


def test_policy_names_the_servers_of_the_spec_unless_it_names_others() -> None:
    assert hosts(build({"domains": _domains(mode="testing")}), "example.org") == ("mx1.example.org",)
    named = build({"domains": _domains(mode="testing", hosts=["*.Example.org", "mx.example.net", "*.example.org"])})
    assert hosts(named, "example.org") == ("*.example.org", "mx.example.net")
    assert hosts(build(), "example.org") == ()


def test_star_stands_for_one_label() -> None:
    assert covers(("*.example.org",), "mx1.example.org")
    assert not covers(("*.example.org",), "mx1.mail.example.org")
    assert not covers(("*.example.org",), "example.org")


@pytest.mark.parametrize("host", ["*", "*.", "mx*.example.org", "*.*.example.org", "example"])
def test_what_is_no_host_is_refused(host: str) -> None:
    assert refused(domains=_domains(mode="testing", hosts=[host])) == [
        "bad-domain at domains.example.org.mta_sts.hosts.0"
    ]


@pytest.mark.parametrize("age", ["1h", "400d"])
def test_age_is_that_of_the_rfc(age: str) -> None:
    found = refused(domains=_domains(mode="enforce", max_age=age))
    assert found == ["out-of-range at domains.example.org.mta_sts.max_age"]


def test_mode_is_said_and_not_guessed() -> None:
    assert refused(domains=_domains()) == ["missing-key at domains.example.org.mta_sts.mode"]


@pytest.mark.parametrize("web", ["mta-sts.example.org", "www.example.org"])
def test_name_of_the_file_has_no_other_records(web: str) -> None:
    servers = {"mta-sts.example.org": {"addresses": ["198.51.100.25"]}}
    found = refused(domains=_domains(mode="testing", web=web), servers=servers)
    assert found == ["taken-name at domains.example.org.mta_sts.web"]
    assert refused(domains=_domains(mode="testing"), servers=servers) == []
