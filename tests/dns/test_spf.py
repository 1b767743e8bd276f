"""SPF records."""

from mailspec.dns.spf import records
from tests.specs import build, full


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
