"""Zone files, as dnspython and named-checkzone read them."""

import subprocess
from pathlib import Path

import dns.rdatatype
import dns.zone
import pytest

from mailspec.dns import records, reverse_zones, zone, zone_names, zones
from tests.specs import build, full

OUTSIDE = {"servers": {"mail.hoster.example": {"addresses": ["198.51.100.25"]}}}


def _all() -> list[tuple[str, str]]:
    return sorted((zones(full()) | reverse_zones(full())).items())


@pytest.mark.parametrize(("name", "text"), _all())
def test_a_reader_finds_soa_ns_and_every_record(name: str, text: str) -> None:
    read = dns.zone.from_text(text, origin=name, relativize=False)
    lines = [line for line in text.splitlines() if " IN " in line]
    assert len(list(read.iterate_rdatas())) == len(lines)


def test_every_record_is_in_one_zone() -> None:
    text = "".join(text for _, text in _all())
    for record in records(full()):
        for value in record.values:
            assert text.count(f"\n{record.name}. 3600 IN {record.type} {value}\n") == 1


def test_domain_below_another_is_in_its_zone() -> None:
    spec = build({"default_domain": "example.org", "domains": {"example.org": {}, "sub.example.org": {}}})
    assert zone_names(spec) == ["example.org"]
    assert "\nsub.example.org. 3600 IN MX 10 mx1.example.org.\n" in zone(spec, "example.org")


def test_server_outside_the_domains_has_a_zone() -> None:
    assert zone_names(build(OUTSIDE)) == ["example.org", "mail.hoster.example"]
    assert "\nmail.hoster.example. 3600 IN A 198.51.100.25\n" in zone(build(OUTSIDE), "mail.hoster.example")


def test_name_servers_and_serial_are_those_given() -> None:
    text = zone(build(), "example.org", nameservers=["a.example", "b.example"], serial=7)
    read = dns.zone.from_text(text, origin="example.org")
    assert [str(ns.target) for ns in read.find_rdataset("@", dns.rdatatype.NS)] == ["a.example.", "b.example."]
    assert read.get_soa().serial == 7


@pytest.mark.parametrize(("name", "text"), _all())
def test_named_checkzone_has_nothing_to_say(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "zone"
    file.write_text(text)
    found = subprocess.run(
        ["named-checkzone", "-i", "local", "-q", name, file], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout + found.stderr) == (0, "")
