"""SRV records."""

from mailspec.dns.srv import records
from mailspec.host import Host
from tests.specs import build

EXPECTED = {
    "_imap._tcp.example.org": ("0 0 0 .",),
    "_imaps._tcp.example.org": ("0 1 993 mx1.example.org.",),
    "_pop3._tcp.example.org": ("0 0 0 .",),
    "_pop3s._tcp.example.org": ("10 1 995 mx1.example.org.",),
    "_sieve._tcp.example.org": ("0 1 4190 mx1.example.org.",),
    "_submission._tcp.example.org": ("10 1 587 mx1.example.org.",),
    "_submissions._tcp.example.org": ("0 1 465 mx1.example.org.",),
}


def test_programs_find_every_service_and_none_without_tls() -> None:
    assert {r.name: r.values for r in records(build())} == EXPECTED


def test_published_ports_are_open_ports() -> None:
    spec = build()
    published = {int(value.split()[2]) for r in records(spec) for value in r.values} - {0}
    assert published == set(Host(spec, "mx1.example.org").ports) - {25}
