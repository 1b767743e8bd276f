"""Mistakes of administrators stop before the switch; the whole corpus is tried by `script/bench faults`."""

from functools import cache

import pytest

from mailspec.cases.fault import faults
from mailspec.cases.gate import CORPUS, Lab, attempt

SAMPLE = (
    "base/name-that-does-not-exist",
    "dovecot/quota-plugin-lost",
    "nftables/administrators-dropped",
    "postfix/misspelled-restriction",
    "postfix/open-relay",
    "rspamd/misspelled-option",
    "rspamd/wrong-selector",
    "sieve/wrong-folder",
    "store/wrong-value",
    "unbound/misspelled-option",
    "web/wrong-socket",
)
FAULTS = {fault.id: fault for fault in faults(CORPUS)}


@cache
def lab() -> Lab:
    return Lab.given()


@pytest.mark.parametrize("name", SAMPLE)
def test_a_mistake_stops_before_the_switch(name: str) -> None:
    found = attempt(lab(), FAULTS[name])
    assert found.good, found.message
