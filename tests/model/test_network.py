"""Addresses and networks."""

import pytest

from tests.refusals import refused


@pytest.mark.parametrize("address", ["198.51.100", "198.51.100.256", "::g", "", "1.2.3.4\n", 1234, None, ["1.2.3.4"]])
def test_what_is_no_address_is_refused(address: object) -> None:
    assert refused(resolver={"forwarders": [address]}) == ["bad-ip at resolver.forwarders.0"]


@pytest.mark.parametrize("address", ["198.51.100.1", "2001:db8::1"])
def test_both_families_are_accepted(address: str) -> None:
    assert refused(resolver={"forwarders": [address]}) == []


def test_scope_of_an_address_can_not_carry_text() -> None:
    assert refused(resolver={"forwarders": ["fe80::1%eth0; id"]}) == ["bad-ip at resolver.forwarders.0"]
