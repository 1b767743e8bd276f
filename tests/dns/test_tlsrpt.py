"""TLSRPT records."""

from mailspec.dns.tlsrpt import records
from tests.specs import build


def test_reports_go_to_the_domain_itself() -> None:
    (found,) = records(build())
    assert (found.name, found.values) == (
        "_smtp._tls.example.org",
        ('"v=TLSRPTv1; rua=mailto:tls-reports@example.org"',),
    )
