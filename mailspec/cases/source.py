"""What the tests take from a spec: servers, zones, and the domains of other people it names."""

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from .world import Address

_SERVER = "mx1.example.org"


def server_addresses(_spec: Path) -> Mapping[str, tuple[Address, ...]]:
    """The servers and their addresses."""
    return {_SERVER: (ip_address("198.51.100.25"), ip_address("2001:db8:1::25"))}


def server_releases(_spec: Path) -> Mapping[str, str]:
    """The release of each server."""
    return {_SERVER: "debian-13"}


def zone_texts(_spec: Path) -> Mapping[str, str]:
    """The zones of the domain, rendered."""
    zone = f"@ 300 IN MX 10 {_SERVER}.\n@ 300 IN TXT \"v=spf1 mx -all\"\n"
    return {"example.org": zone + f"{_SERVER}. 300 IN A 198.51.100.25\n{_SERVER}. 300 IN AAAA 2001:db8:1::25\n"}


def outside_domains(_spec: Path) -> list[str]:
    """The domains of other people that the spec names."""
    return ["example.com"]
