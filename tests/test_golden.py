"""Every golden case is what its spec becomes."""

import pytest

from mailspec.dns import reverse_zones, zones
from mailspec.load import load
from mailspec.render import render
from tests.golden import FOLDER, cases, kept, made

HINT = "run script/golden, and read the diff before you commit it"


@pytest.mark.parametrize("case", cases())
def test_spec_becomes_the_expected_files(case: str) -> None:
    assert made(case).keys() == kept(case).keys(), HINT
    for path, text in made(case).items():
        assert text == kept(case)[path], f"{path}: {HINT}"


@pytest.mark.parametrize("case", cases())
def test_second_render_gives_the_same_bytes(case: str) -> None:
    first, second = (load(FOLDER / case / "spec") for _ in range(2))
    assert zones(first) | reverse_zones(first) == zones(second) | reverse_zones(second)
    for server in first.servers:
        assert render(first, server).to_json() == render(second, server).to_json()


def test_both_releases_have_a_case() -> None:
    servers = [server for case in cases() for server in load(FOLDER / case / "spec").servers.values()]
    assert {server.os.value for server in servers} == {"debian-12", "debian-13"}
