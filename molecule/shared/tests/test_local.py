"""What the spec says as it is becomes live, or stops the run at its own line."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.cases.playbook import converge, folder, play, ssh_config
from mailspec.load import load

SPEC = load(folder())
SERVER = min(SPEC.servers)
GOOD = """
local:
  postfix: |
    smtp_destination_concurrency_limit = 7
  dovecot: |
    service imap {
      process_limit = 1000
    }
  rspamd:
    local.d/antivirus.conf: |
      enabled = false;
  unbound: |
    server:
        local-data: "printer.example. A 198.51.100.9"
  nftables: |
    tcp dport 9100 accept
"""
LIVE = {
    "postfix": ("postconf -h smtp_destination_concurrency_limit", "7"),
    "dovecot": ("doveconf -n | grep -A9 '^service imap {' | grep -o 'process_limit = 1000'", "process_limit = 1000"),
    "rspamd": ("rspamadm configdump antivirus | grep -o 'enabled = false'", "enabled = false"),
    "unbound": ("unbound-control list_local_data | grep -o '^printer.example.'", "printer.example."),
    "nftables": ("nft list chain inet mailspec input | grep -o 'dport 9100 accept'", "dport 9100 accept"),
}
BROKEN = {
    "a parameter nobody knows": ("postfix: |", "smtp_destinaton_concurrency_limit = 7"),
    "a parameter of ours": ("postfix: |", "smtpd_tls_auth_only = no"),
    "a setting nobody knows": ("dovecot: |", "imap_capabilty = none"),
    "a block without its end": ("rspamd", "clamav {"),
    "a word nobody knows": ("unbound: |", "server: interfce"),
    "a rule that is none": ("nftables: |", "tcp dport 9100 accep"),
}


@pytest.fixture(scope="module")
def machine() -> Any:
    return testinfra.get_host(f"ssh://{SERVER}", ssh_config=ssh_config())


@pytest.fixture(scope="module")
def live(machine: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The server with a fragment for every service."""
    spec = Path(shutil.copytree(folder(), tmp_path_factory.mktemp("local") / "spec"))
    with (spec / "mail.yml").open("a") as file:
        file.write(GOOD)
    converge(spec=spec)
    yield machine
    converge()


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_fragment_stops_the_run_at_its_line(fault: str, tmp_path: Path) -> None:
    spec = Path(shutil.copytree(folder(), tmp_path / "spec"))
    head, line = BROKEN[fault]
    text = (spec / "mail.yml").read_text() + "\nlocal:\n"
    if head.startswith("rspamd"):
        text += "  rspamd:\n    local.d/antivirus.conf: |\n"
        head = ""
    text += f"  {head}\n" if head else ""
    indent = "    " if head else "      "
    (spec / "mail.yml").write_text(f"{text}{indent}# a remark\n{indent}{line}\n")
    number = text.count("\n") + 2
    done = play("site.yml", "--check", spec=spec)
    assert done.returncode == 2
    assert f"mail.yml:{number}:{len(indent) + 1}: error[check]: " in done.stdout + done.stderr, done.stdout


@pytest.mark.parametrize("service", LIVE)
def test_fragment_is_live(service: str, live: Any) -> None:
    query, answer = LIVE[service]
    assert live.check_output(query) == answer
