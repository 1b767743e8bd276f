"""The test twin of a spec."""

import json
import stat
from ipaddress import ip_address
from pathlib import Path

import pytest

from mailspec.cases.twin import twin
from mailspec.load import load
from mailspec.problem import SpecError
from mailspec.vault import Vault

WORLD = (ip_address("198.51.100.2"), ip_address("2001:db8:1::2"))
SOURCE = """\
mailspec: 1
postmaster: alice
domains: {example.org: {}}
servers: {mx1.example.org: {addresses: [203.0.113.9, "2001:db8:9::9"]}}
accounts:
  alice: {password: {owner: spec, hash: !secret alice}, quota: 10M, aliases: [info]}
lists: {staff: {members: [alice, friend@example.com], post: anyone}}
resolver: {forwarders: [192.0.2.53]}
firewall: {ssh: {port: 2222, from: [203.0.113.0/24]}}
dkim:
  example.org:
    old:
      algorithm: ed25519
      public: 2AJL9hEYQBJSeX0+aV068Uayxdj1/Q7OOLn6yOPhjR0=
      private: !secret dkim/old
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "mail.yml").write_text(SOURCE)
    twin(tmp_path / "source", tmp_path / "twin", "debian-12", WORLD)
    return tmp_path / "twin"


def test_twin_is_a_whole_spec_of_the_same_domain(made: Path) -> None:
    spec = load(made)
    assert spec.mailboxes["alice@example.org"].aliases == ("info",)
    assert spec.mailboxes["alice@example.org"].quota == 10 * 1024**2
    assert spec.mailing_lists["staff@example.org"].members == ("alice", "friend@example.com")


def test_twin_lives_in_the_closed_network(made: Path) -> None:
    spec = load(made)
    server = spec.servers["mx1.example.org"]
    assert list(map(str, server.addresses)) == ["198.51.100.25", "2001:db8:1::25"]
    assert server.os == "debian-12"
    assert spec.resolver.root_hints == {"ns.world.example": WORLD}
    assert (spec.resolver.forwarders, spec.resolver.trust_anchor) == ((), "none")


def test_tests_reach_sshd_of_the_twin(made: Path) -> None:
    ssh = load(made).firewall.ssh
    assert ssh.port == 22
    assert list(map(str, ssh.from_)) == ["198.51.100.0/26", "2001:db8:1::/64"]


def test_secrets_are_new(made: Path) -> None:
    key = load(made).dkim["example.org"]["old"]
    assert key.public not in SOURCE
    assert set(Vault.open(made).names()) >= {"alice", key.private.name, "tls/mx1.example.org"}


def test_passwords_are_known_to_the_tests_alone(made: Path) -> None:
    path = made / "passwords.json"
    assert json.loads(path.read_text()).keys() == {"alice@example.org"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_address_in_the_network_is_kept(tmp_path: Path) -> None:
    (tmp_path / "mail.yml").write_text(SOURCE.replace("203.0.113.9", "198.51.100.30"))
    twin(tmp_path, tmp_path / "twin", None, WORLD)
    assert str(load(tmp_path / "twin").servers["mx1.example.org"].addresses[0]) == "198.51.100.30"


def test_twin_replaces_an_older_one(made: Path) -> None:
    first = (made / "passwords.json").read_text()
    twin(made.parent / "source", made, None, WORLD)
    assert (made / "passwords.json").read_text() != first


def test_twin_replaces_nothing_else(made: Path) -> None:
    with pytest.raises(SpecError, match="not-a-twin"):
        twin(made, made.parent / "source", None, WORLD)
