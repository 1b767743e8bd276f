"""Firewall as cases."""

from mailspec.cases.case import OpenPorts

from ..specs import build
from .pick import pick


def test_ports_are_those_of_the_spec_and_ssh() -> None:
    spec = build({"firewall": {"ssh": {"port": 2222}}})
    assert pick(spec, "ports/2001:db8:1::25", OpenPorts).ports == {25, 465, 587, 993, 995, 2222, 4190}
