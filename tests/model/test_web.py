"""The name of the web service."""

from mailspec.model.web import name, names, served
from tests.refusals import refused
from tests.specs import SMALL, build

SERVER = "mx1.example.org"


def _servers(web: str) -> dict[str, object]:
    return {SERVER: {**SMALL["servers"][SERVER], "web": web}}


def test_without_a_word_there_is_no_web_service() -> None:
    assert name(build()) == ""
    assert names(build(), SERVER) == (SERVER,)


def test_certificate_needs_both_names() -> None:
    assert names(build({"servers": _servers("Lists.example.org")}), SERVER) == (SERVER, "lists.example.org")
    assert names(build({"servers": _servers(SERVER)}), SERVER) == (SERVER,)


def test_name_of_another_server_is_taken() -> None:
    servers = {**_servers("mx2.example.org"), "mx2.example.org": {"addresses": ["198.51.100.26"]}}
    assert "taken-name at servers.mx1.example.org.web" in refused(servers=servers)


def test_policy_of_a_domain_is_no_other_name_for_the_web_service() -> None:
    domains = {"example.org": {"mta_sts": {"mode": "testing", "web": "www.example.org"}}}
    assert refused(domains=domains, servers=_servers("mta-sts.example.org")) == [
        "taken-name at domains.example.org.mta_sts.web"
    ]


def test_policies_that_lead_to_the_web_service_are_served_there() -> None:
    domains = {
        "example.org": {"mta_sts": {"mode": "testing", "web": "lists.example.org"}},
        "example.net": {"alias_of": "example.org", "mta_sts": {"mode": "testing", "web": SERVER}},
        "example.com": {"alias_of": "example.org", "mta_sts": {"mode": "testing", "web": "www.example.com"}},
    }
    spec = build({"domains": domains, "servers": _servers("lists.example.org")})
    assert served(spec, SERVER) == ("example.net", "example.org")
    assert names(spec, SERVER)[2:] == ("mta-sts.example.net", "mta-sts.example.org")
    assert served(build({"domains": domains}), SERVER) == ()
