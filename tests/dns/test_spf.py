"""SPF records."""

from ipaddress import ip_network

import dns.rdata
import dns.rdtypes.ANY.TXT
from hypothesis import given
from hypothesis import strategies as st

from mailspec.dns.spf import records
from tests.specs import build, full

_NETWORKS = st.ip_addresses().map(str) | st.sampled_from(["192.0.2.0/24", "198.51.100.0/25", "2001:db8:7::/48"])


def test_only_the_servers_send_for_a_domain() -> None:
    assert {r.name: r.values for r in records(build())} == {
        "example.org": ('"v=spf1 mx -all"',),
        "mx1.example.org": ('"v=spf1 a -all"',),
    }


def test_no_name_has_two_policies() -> None:
    spec = build({"servers": {"example.org": {"addresses": ["198.51.100.25"]}}})
    assert [r.name for r in records(spec)] == ["example.org"]


def test_every_policy_ends_in_fail() -> None:
    assert all(r.values[0].endswith(' -all"') for r in records(full()))


def test_other_senders_stand_beside_our_servers() -> None:
    spf = {"include": ["_spf.example.net"], "addresses": ["192.0.2.0/24", "2001:db8::7"]}
    found = next(iter(records(build({"domains": {"example.org": {"spf": spf}}}))))
    assert found.values == ('"v=spf1 mx include:_spf.example.net ip4:192.0.2.0/24 ip6:2001:db8::7 -all"',)
    assert "others" in found.reason


@given(
    st.lists(st.sampled_from(["_spf.example.net", "mail.example.edu", "xn--bcher-kva.example"]), max_size=3),
    st.lists(_NETWORKS, max_size=7),
    st.sampled_from(["fail", "softfail"]),
)
def test_record_says_what_the_spec_says(include: list[str], addresses: list[str], policy: str) -> None:
    spf = {"include": include, "addresses": addresses, "policy": policy}
    (value,) = next(iter(records(build({"domains": {"example.org": {"spf": spf}}})))).values
    read = dns.rdata.from_text("IN", "TXT", value)
    assert isinstance(read, dns.rdtypes.ANY.TXT.TXT)
    version, *terms, end = b"".join(read.strings).decode().split()
    assert (version, terms[0], end) == ("v=spf1", "mx", {"fail": "-all", "softfail": "~all"}[policy])
    named = [term.partition(":")[::2] for term in terms[1:]]
    assert {name for kind, name in named if kind == "include"} == set(include)
    networks = [ip_network(name) for kind, name in named if kind.startswith("ip")]
    for address in map(ip_network, addresses):
        assert any(n.version == address.version and address.subnet_of(n) for n in networks)  # type: ignore[arg-type]
    assert {kind for kind, _ in named} <= {"include", "ip4", "ip6"}
