"""The world of the tests: what it answers, and what its mail server may do."""

from ipaddress import ip_address

import dns.name
import dns.rdatatype
import dns.zone
import pytest

from mailspec.cases.world import MAIL_SERVER, Foreign, Network, mail_server, name_server, zones

NETWORK = Network({"mx1.example.org": (ip_address("198.51.100.89"), ip_address("2001:db8:2::59"))})
FOREIGN = [
    Foreign("friend.example", {"test": "v=DKIM1; k=rsa; p=" + "A" * 400}, "reject"),
    Foreign("plain.example", {}),
]
RENDERED = {"example.org": "@ 300 IN MX 10 mx1\nmx1 300 IN A 198.51.100.89\n"}


@pytest.fixture(scope="module")
def served() -> dict[str, dns.zone.Zone]:
    texts = zones(RENDERED, NETWORK, FOREIGN)
    return {name: dns.zone.from_text(text, origin=name, relativize=False) for name, text in texts.items()}


def values(zone: dns.zone.Zone, name: str, kind: str) -> list[str]:
    found = zone.get_rdataset(dns.name.from_text(name), dns.rdatatype.from_text(kind))
    return sorted(map(str, found or []))


def test_controller_and_world_are_in_the_network_of_the_server() -> None:
    assert NETWORK.subnets == ["198.51.100.64/26", "2001:db8:2::/64"]
    assert [*map(str, NETWORK.controller)] == ["198.51.100.65", "2001:db8:2::1"]
    assert [*map(str, NETWORK.world)] == ["198.51.100.66", "2001:db8:2::2"]


def test_every_zone_is_delegated_from_the_root_down(served: dict[str, dns.zone.Zone]) -> None:
    for name in served:
        if name != ".":
            above = name.rpartition(".")[2] if "." in name else "."
            assert values(served[above], name, "NS") == ["ns.world.example."]


def test_rendered_zone_is_served_as_it_is(served: dict[str, dns.zone.Zone]) -> None:
    assert values(served["example.org"], "example.org", "MX") == ["10 mx1.example.org."]
    assert values(served["example.org"], "mx1.example.org", "A") == ["198.51.100.89"]


def test_names_and_addresses_agree(served: dict[str, dns.zone.Zone]) -> None:
    reverse = served["100.51.198.in-addr.arpa"]
    assert values(reverse, "89.100.51.198.in-addr.arpa", "PTR") == ["mx1.example.org."]
    assert values(reverse, "66.100.51.198.in-addr.arpa", "PTR") == [f"{MAIL_SERVER}."]
    assert values(served["friend.example"], MAIL_SERVER, "AAAA") == ["2001:db8:2::2"]


def test_controller_has_no_name(served: dict[str, dns.zone.Zone]) -> None:
    assert values(served["100.51.198.in-addr.arpa"], "65.100.51.198.in-addr.arpa", "PTR") == []


def test_friend_proves_its_mail_and_plain_proves_nothing(served: dict[str, dns.zone.Zone]) -> None:
    friend, plain = served["friend.example"], served["plain.example"]
    assert values(friend, "friend.example", "TXT") == ['"v=spf1 ip4:198.51.100.66 ip6:2001:db8:2::2 -all"']
    assert values(friend, "_dmarc.friend.example", "TXT") == ['"v=DMARC1; p=reject; adkim=s; aspf=s"']
    assert len(values(friend, "test._domainkey.friend.example", "TXT")) == 1
    assert [kind for kind in plain.nodes[dns.name.from_text("plain.example")] if kind.rdtype == dns.rdatatype.TXT] == []


def test_server_outside_our_domains_still_has_an_address() -> None:
    network = Network({"mail.provider.net": (ip_address("198.51.100.89"),)})
    texts = zones(RENDERED, network, FOREIGN)
    assert "mail.provider.net. 300 IN A 198.51.100.89" in texts["mail.provider.net"]


def test_name_server_serves_every_zone() -> None:
    texts = zones(RENDERED, NETWORK, FOREIGN)
    files = name_server(texts, NETWORK)
    assert files["/etc/nsd/nsd.conf"].count("zonefile:") == len(texts)
    assert files["/etc/nsd/zones/root.zone"] == texts["."]


def test_mail_server_relays_for_nobody_but_the_tests() -> None:
    main = mail_server(FOREIGN, NETWORK)["/etc/postfix/main.cf"]
    assert "mynetworks = 127.0.0.0/8 [::1]/128 198.51.100.65/32 [2001:db8:2::1]/128\n" in main
    assert "virtual_mailbox_domains = friend.example plain.example\n" in main
