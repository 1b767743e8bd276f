"""A firewall that shuts the controller out does not stay."""

import json
import os
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


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


def more_rules(folder: Path, lines: list[str]) -> Path:
    """The templates, with more rules of the packet filter before any that lets somebody in."""
    templates = Path(shutil.copytree(TEMPLATES, folder / "templates"))
    rules, first = templates / "common/etc/nftables.conf.j2", "        iif lo accept\n"
    text = rules.read_text()
    assert first in text
    rules.write_text(text.replace(first, first + "".join(f"        {line}\n" for line in lines)))
    return templates


def test_a_firewall_that_shuts_the_controller_out_goes_back_by_itself(machine: Any, tmp_path: Path) -> None:
    # no canary sees this: it knows who administers, not from where
    gateways = json.loads(Path(os.environ["MAILSPEC_LAB"]).read_text())["network"]["gateways"]
    lines = [
        f"{'ip6' if ':' in one else 'ip'} saddr {one} tcp dport {SPEC.firewall.ssh.port} ct state new drop"
        for one in gateways
    ]
    templates = more_rules(tmp_path, lines)
    before = machine.check_output("readlink /var/lib/mailspec/generations/current")
    done = play("site.yml", f"--extra-vars=mailspec_templates={templates}", "-e", "mailspec_confirm=15")
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "error[shut-out]: no new connection comes through the firewall" in said
    assert f"it is back on generation {int(before)}" in said
    eventually(lambda: "ct state new drop" not in machine.check_output("nft list ruleset"), "the rules are still there")
    assert machine.check_output("readlink /var/lib/mailspec/generations/current") == before
    assert "changed=0" in converge()


def test_a_firewall_that_lets_the_controller_in_is_confirmed(machine: Any, tmp_path: Path) -> None:
    templates = more_rules(tmp_path, ["tcp dport 2222 drop"])
    converge(f"--extra-vars=mailspec_templates={templates}")
    assert machine.run("ls /var/lib/mailspec/unconfirmed.json").rc != 0
    assert "tcp dport 2222 drop" in machine.check_output("nft list ruleset")
    converge()
    assert "2222" not in machine.check_output("nft list ruleset")
