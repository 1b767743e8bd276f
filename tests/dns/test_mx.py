"""MX records."""

from mailspec.dns.mx import records
from tests.specs import full


def test_every_domain_names_the_server_and_never_an_address() -> None:
    assert {r.name: r.values for r in records(full())} == {
        "example.org": ("10 mx1.example.org.",),
        "example.net": ("10 mx1.example.org.",),
        "shop.example": ("10 mx1.example.org.",),
    }
