"""What one server needs to know."""

from mailspec.host import Host
from mailspec.model.servers import Release
from mailspec.packages import PACKAGES
from tests.specs import build, full

SERVER = "mx1.example.org"


def _host(**server: object) -> Host:
    addresses = {"addresses": ["198.51.100.25", "2001:db8:1::25"]}
    return Host(build({"servers": {SERVER: {**addresses, **server}}}), SERVER)


def test_every_release_has_its_packages() -> None:
    assert set(PACKAGES) == {release.value for release in Release}
    assert all(list(packages) == sorted(set(packages)) for packages in PACKAGES.values())


def test_release_chooses_the_packages() -> None:
    assert "redis-server" in _host(os="debian-12").packages
    assert "valkey-server" in _host(os="debian-13").packages


def test_ports_of_mail_are_all_with_tls() -> None:
    assert _host().ports == [25, 465, 587, 993, 995, 4190]


def test_addresses_are_kept_apart() -> None:
    assert (_host().ipv4, _host().ipv6) == (["198.51.100.25"], ["2001:db8:1::25"])


def test_protocols_follow_the_addresses() -> None:
    assert _host().inet_protocols == "all"
    assert _host(addresses=["198.51.100.25"]).inet_protocols == "ipv4"
    assert _host(addresses=["2001:db8:1::25"]).inet_protocols == "ipv6"


def test_alias_domain_signs_with_the_keys_of_the_domain_it_stands_for() -> None:
    keys = {key.file: key.private.name for key in Host(full(), SERVER).dkim_keys}
    assert keys["example.net.rsa1"] == keys["example.org.rsa1"] == "dkim/example.org/rsa1"


def test_expansion_limit_has_room_for_the_largest_domain() -> None:
    members = [f"m{n}@example.com" for n in range(3000)]
    assert Host(build({"lists": {"all": {"members": members}}}), SERVER).expansion_limit >= 3000


def test_mail_of_the_server_is_signed_by_the_domain_above_it() -> None:
    assert Host(full(), SERVER).signing_domain == "example.org"
