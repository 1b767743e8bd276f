"""A firewall that shuts the controller out does not stay."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import converge, eventually, folder, play, ssh_config
from mailspec.load import load
from mailspec.render import TEMPLATES

SPEC = load(folder())
SERVER = min(SPEC.servers)
SSH = f"tcp dport {SPEC.firewall.ssh.port} accept"


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


def test_a_firewall_that_shuts_the_controller_out_goes_back_by_itself(machine: Any, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    rules = templates / "common/etc/nftables.conf.j2"
    text = rules.read_text()
    rules.write_text("\n".join(line for line in text.split("\n") if "firewall.ssh.port" not in line))
    before = machine.check_output("readlink /var/lib/mailspec/generations/current")
    done = play("site.yml", f"--extra-vars=mailspec_templates={templates}", "-e", "mailspec_confirm=15")
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "error[shut-out]: no new connection comes through the firewall" in said
    assert f"it is back on generation {int(before)}" in said
    eventually(lambda: SSH in machine.check_output("nft list ruleset"), "the rules did not come back")
    assert machine.check_output("readlink /var/lib/mailspec/generations/current") == before
    assert "changed=0" in converge()


def test_a_firewall_that_lets_the_controller_in_is_confirmed(machine: Any, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))
    rules = templates / "common/etc/nftables.conf.j2"
    rules.write_text(
        rules.read_text().replace("        iif lo accept\n", "        iif lo accept\n        tcp dport 2222 drop\n")
    )
    converge(f"--extra-vars=mailspec_templates={templates}")
    assert machine.run("ls /var/lib/mailspec/unconfirmed.json").rc != 0
    assert "tcp dport 2222 drop" in machine.check_output("nft list ruleset")
    converge()
    assert "2222" not in machine.check_output("nft list ruleset")
