from collections import Counter
from pathlib import Path

import pytest

from mailspec.cases.fault import Fault, faults
from mailspec.model.servers import Release
from mailspec.render import TEMPLATES

FAULTS = faults(Path(__file__).parent / "faults")
RELEASES = [release.value for release in Release]


def test_the_corpus_is_large_enough_for_each_service() -> None:
    count = Counter(fault.id.partition("/")[0] for fault in FAULTS)
    assert min(count["postfix"], count["dovecot"], count["rspamd"]) >= 16
    assert count["nftables"] + count["store"] + count["unbound"] + count["sieve"] >= 12


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_changes_a_template(fault: Fault) -> None:
    changes = [change for release in RELEASES if (change := fault.change(release))]
    assert changes
    for change in changes:
        text = (TEMPLATES / change["template"]).read_text()
        assert change["old"] in text
        assert text.replace(change["old"], change["new"], 1) != text
