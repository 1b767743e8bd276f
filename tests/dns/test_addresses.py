"""A and AAAA records."""

from mailspec.dns.addresses import records
from tests.specs import build


def test_each_family_has_its_record() -> None:
    assert [(r.name, r.type, r.values) for r in records(build())] == [
        ("mx1.example.org", "A", ("198.51.100.25",)),
        ("mx1.example.org", "AAAA", ("2001:db8:1::25",)),
    ]


def test_server_without_ipv6_has_no_aaaa() -> None:
    spec = build({"servers": {"mx1.example.org": {"addresses": ["198.51.100.25"]}}})
    assert [r.type for r in records(spec)] == ["A"]
