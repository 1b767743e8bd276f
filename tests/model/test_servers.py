"""Servers."""

import pytest

from tests.refusals import refused
from tests.specs import build


def server(**more: object) -> dict[str, object]:
    return {"mx1.example.org": {"addresses": ["198.51.100.25"], **more}}


def test_server_has_every_role_and_the_newest_release_by_default() -> None:
    found = build({"servers": server()}).servers["mx1.example.org"]
    assert (found.os.value, len(found.roles)) == ("debian-13", 3)


def test_server_needs_an_address() -> None:
    assert refused(servers={"mx1.example.org": {"addresses": []}}) == [
        "out-of-range at servers.mx1.example.org.addresses"
    ]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "0.0.0.0", "::", "224.0.0.1", "fe80::1"])  # noqa: S104
def test_address_must_be_reachable(address: str) -> None:
    assert refused(servers=server(addresses=[address])) == ["bad-address at servers.mx1.example.org"]


def test_unknown_release_and_role_are_refused() -> None:
    assert refused(servers=server(os="debian-11", roles=["mx", "web"])) == [
        "unknown-value at servers.mx1.example.org.os",
        "unknown-value at servers.mx1.example.org.roles.1",
    ]


def test_role_that_nobody_has_is_refused() -> None:
    assert refused(servers=server(roles=["mx", "mailbox"])) == ["missing-role at servers.mx1.example.org.roles"]


def test_name_of_a_server_is_a_full_name() -> None:
    assert refused(servers={"mx1": {"addresses": ["198.51.100.25"]}}) == ["bad-domain at servers.mx1"]
