"""The packet filter."""

from tests.refusals import refused
from tests.specs import build


def test_ssh_is_open_to_everyone_by_default() -> None:
    ssh = build().firewall.ssh
    assert (ssh.port, ssh.from_) == (22, ())


def test_ssh_may_be_limited_to_networks() -> None:
    ssh = build({"firewall": {"ssh": {"port": 2222, "from": ["198.51.100.0/24", "2001:db8::/32"]}}}).firewall.ssh
    assert [str(network) for network in ssh.from_] == ["198.51.100.0/24", "2001:db8::/32"]


def test_port_is_a_port() -> None:
    for port in (0, 65536):
        assert refused(firewall={"ssh": {"port": port}}) == ["out-of-range at firewall.ssh.port"]


def test_network_has_no_bits_after_the_mask() -> None:
    assert refused(firewall={"ssh": {"from": ["10.0.0.1/8"]}}) == ["bad-ip at firewall.ssh.from.0"]
