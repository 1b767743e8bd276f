"""The resolver."""

import pytest

from tests.refusals import refused
from tests.specs import build


def test_resolver_validates_from_the_root_by_default() -> None:
    found = build().resolver
    assert (found.forwarders, found.root_hints, found.trust_anchor) == ((), {}, "iana")


def test_closed_network_has_its_own_root() -> None:
    hints = {"ns.world.test": ["198.51.100.2", "2001:db8:1::2"]}
    assert list(build({"resolver": {"root_hints": hints, "trust_anchor": "none"}}).resolver.root_hints) == [
        "ns.world.test"
    ]


@pytest.mark.parametrize("anchor", ["", "yes", "20326 8 2 XYZ", "iana\n", '20326 8 2 AA"', "none; id"])
def test_trust_anchor_is_a_ds_record_or_a_word(anchor: str) -> None:
    assert refused(resolver={"trust_anchor": anchor}) == ["bad-trust-anchor at resolver.trust_anchor"]
