"""The server of somebody else that takes mail to the outside."""

from typing import Any

import pytest

from mailspec.model.relay import Relay
from mailspec.model.secret import Secret
from tests.refusals import refused
from tests.specs import build

LOGIN = {"login": "us", "password": Secret("relay")}


def _relay(**relay: Any) -> Relay:
    found = build({"relay": {"host": "smtp.example.net", **relay}}).relay
    assert found
    return found


def test_without_a_word_our_servers_deliver_themselves() -> None:
    assert build().relay is None


def test_certificate_of_the_relay_counts_unless_the_spec_says_otherwise() -> None:
    assert (_relay().endpoint, _relay().level, _relay().wrapped) == ("[smtp.example.net]:587", "verify", False)
    assert (_relay(tls="none").level, _relay(tls="encrypt", port=465).wrapped) == ("may", True)


@pytest.mark.parametrize("half", [{"login": "us"}, {"password": Secret("relay")}])
def test_half_a_login_is_refused(half: dict[str, Any]) -> None:
    assert refused(relay={"host": "smtp.example.net", **half}) == ["half-a-login at relay"]


def test_password_does_not_travel_in_the_open() -> None:
    assert refused(relay={"host": "smtp.example.net", "tls": "none", **LOGIN}) == ["open-password at relay"]
    assert refused(relay={"host": "smtp.example.net", "tls": "encrypt", **LOGIN}) == []


def test_port_that_begins_with_tls_has_tls() -> None:
    assert refused(relay={"host": "smtp.example.net", "tls": "none", "port": 465}) == ["needs-tls at relay"]


@pytest.mark.parametrize("login", ["a:b", "a b", "", "ä", "$x", "#x", "a\nb", "x" * 300])
def test_login_that_a_line_of_a_table_can_not_hold_is_refused(login: str) -> None:
    found = refused(relay={"host": "smtp.example.net", **LOGIN, "login": login})
    assert found in (["bad-login at relay.login"], ["unsafe-text at relay.login"])


def test_password_does_not_stand_in_the_spec() -> None:
    found = refused(relay={"host": "smtp.example.net", "login": "us", "password": "word"})
    assert found == ["plain-secret at relay.password"]
