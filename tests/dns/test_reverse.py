"""PTR records."""

from mailspec.dns.reverse import records
from tests.specs import build


def test_each_address_has_the_name_of_its_server() -> None:
    assert {r.name: r.values for r in records(build())} == {
        "25.100.51.198.in-addr.arpa": ("mx1.example.org.",),
        "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa": ("mx1.example.org.",),
    }
