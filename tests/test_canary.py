import json
from ipaddress import ip_address, ip_network

import pytest

from mailspec.canary import facts
from mailspec.model.domain import MailDomain
from mailspec.model.domains import Separator
from mailspec.model.secret import Secret
from mailspec.render import files
from mailspec.rows import TABLES
from mailspec.server.canary.ground import direct
from tests.specs import build, complete, full

SERVER = "mx1.example.org"


def made(spec: MailDomain) -> dict[str, object]:
    return facts(complete(spec), SERVER)


def test_the_facts_hold_nobody_of_the_spec_and_no_secret() -> None:
    text = json.dumps(made(full()))
    for name in ("alice", "bob@", "dave@", "account/", "dkim/"):
        assert name not in text.replace("ed1", ""), name


def test_users_have_no_hash_until_the_server_gives_them_one() -> None:
    rows = made(full())["rows"]
    assert isinstance(rows, dict)
    assert {row[0] for row in rows["account"]["put"]} == {
        f"{name}@example.org" for name in ("canary", "canaryblocked", "canaryclosed", "canaryfull")
    }
    assert all(row[TABLES["account"].index("hash")] is None for row in rows["account"]["put"])
    assert [row[0] for row in rows["app_password"]["put"]] == ["canary@example.org"]
    assert all(row[-1] is None for row in rows["app_password"]["put"])


@pytest.mark.parametrize("separator", [sign.value for sign in Separator])
def test_no_name_of_the_canary_is_another_one_with_a_detail(separator: str) -> None:
    found = made(build({"domains": {"example.org": {"separator": separator}}}))
    names = [found[name] for name in ("alias", "blocked", "closed", "full", "list", "unknown", "user")]
    assert not any(separator in str(name).partition("@")[0] for name in names)


def test_groups_and_aliases_of_people_stay_away_from_the_canary() -> None:
    groups = {"office": {"members": ["alice"], "except": ["friend@example.com"]}}
    assert made(build({"groups": groups, "aliases": {"orders": {"to": ["alice"], "send_as": ["group:office"]}}}))


def test_who_else_sends_or_gets_reports_stays_away_from_the_canary() -> None:
    domain = {"spf": {"include": ["_spf.example.net"]}, "dmarc": {"policy": "reject", "reports": ["alice"]}}
    records = made(build({"domains": {"example.org": domain}}))["records"]
    assert isinstance(records, list)
    assert not [record for record in records if "_spf.example.net" in record or "alice" in record]


def test_the_public_keys_of_the_spec_are_in_the_dns_of_the_canary() -> None:
    records = made(full())["records"]
    assert isinstance(records, list)
    assert any(record.startswith("rsa1._domainkey.example.org. ") for record in records)
    assert any(record.startswith("ed1._domainkey.example.org. ") for record in records)


@pytest.mark.parametrize("addresses", [["203.0.113.7"], ["2001:db8:ca7::7"], ["192.0.2.9", "2001:db8:1::25"]])
def test_the_stranger_is_somebody_else_of_the_same_families(addresses: list[str]) -> None:
    found = made(build({"servers": {SERVER: {"addresses": addresses}}}))["strangers"]
    assert isinstance(found, list)
    assert not set(found) & set(addresses)
    assert {ip_address(a).version for a in found} == {ip_address(a).version for a in addresses}


def test_an_administrator_comes_from_a_network_that_may_use_ssh() -> None:
    network = "198.51.100.0/24"
    ssh = made(build({"firewall": {"ssh": {"port": 2222, "from": [network]}}}))["ssh"]
    assert isinstance(ssh, dict)
    assert ssh["port"] == 2222
    assert ssh["closed"]
    assert all(ip_address(admin) in ip_network(network) for admin in ssh["admins"])


def test_where_everybody_may_use_ssh_a_stranger_tries_it() -> None:
    found = made(build())
    ssh, strangers = found["ssh"], found["strangers"]
    assert isinstance(ssh, dict)
    assert isinstance(strangers, list)
    assert not ssh["closed"]
    assert set(ssh["admins"]) <= set(strangers)
    assert ssh["admins"]


@pytest.mark.parametrize("relay", [{"port": 465}, {"tls": "encrypt"}, {"login": "us", "password": Secret("relay")}])
def test_what_leaves_the_canary_asks_no_relay(relay: dict[str, object]) -> None:
    spec = complete(build({"relay": {"host": "smtp.example.net", **relay}}))
    main = files(spec, SERVER)["/etc/postfix/main.cf"].text
    changed = direct(main)
    for line in ("relayhost =", "smtp_tls_security_level = may", "smtp_tls_wrappermode = no"):
        assert f"\n{line}\n" in changed
    assert len(changed.splitlines()) == len(main.splitlines())
    assert direct(changed) == changed


def test_main_cf_without_a_relay_is_the_same_in_the_canary() -> None:
    main = files(complete(build()), SERVER)["/etc/postfix/main.cf"].text
    assert direct(main) == main
