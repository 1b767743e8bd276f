"""What only the host knows after a run: its services, sockets, files, packages and journal."""

import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
import testinfra

from mailspec.host import Host
from mailspec.load import load
from mailspec.render import render

FOLDER = Path(os.environ["MAILSPEC_SPEC"])
LAB = Path(os.environ["MAILSPEC_LAB"])
SSH = json.loads(LAB.read_text())["ssh_config"]
SPEC = load(FOLDER)
# The cases provoke warnings; what counts is what stood in the journal before the first of them.
START = LAB.with_name("verify-began")
if not START.exists():
    START.write_text(str(int(time.time())))
# A container may not raise its limits; a server may.
CONTAINER = ("dbus-daemon: [system] org.freedesktop.DBus.Error.AccessDenied: Failed to set fd limit",)
LOCAL = {53, 10001, 10002, 10025, 10026, 11332}
"""The ports that answer on the server itself alone: DNS, PostSRSd, mail of mlmmj, mail to be forwarded, the filter."""
NOISE = re.compile(r"\b(warning|error|fatal|panic):", re.IGNORECASE)


@pytest.fixture(scope="module", params=sorted(SPEC.servers))
def server(request: pytest.FixtureRequest) -> Host:
    return Host(SPEC, request.param)


@pytest.fixture(scope="module")
def machine(server: Host) -> Any:
    return testinfra.get_host(f"ssh://{server.name}", ssh_config=SSH)


def units(server: Host) -> list[str]:
    store = f"{server.store}-server"
    names = ["dovecot", "mailspec", "nftables", "postfix", "postsrsd", "rspamd", store, "unbound"]
    return [f"{name}.service" for name in names] + (["mailspec-web.socket", "nginx.service"] if server.web else [])


def sockets(machine: Any, kind: str) -> set[tuple[str, int]]:
    """What listens: `loopback` or `world`, and the port."""
    found = set()
    for line in machine.check_output(f"ss --no-header --numeric --listening --{kind}").splitlines():
        address, _, port = line.split()[3].rpartition(":")
        local = address.startswith(("127.", "[::1]"))
        found.add(("loopback" if local else "world", int(port)))
    return found


def test_services_run_and_start_at_boot(server: Host, machine: Any) -> None:
    names = " ".join(units(server))
    shown = machine.check_output(f"systemctl show --property=Id,ActiveState,UnitFileState {names}")
    expected = {f"Id={name}\nActiveState=active\nUnitFileState=enabled" for name in units(server)}
    assert set(shown.split("\n\n")) == expected


def test_no_unit_failed(machine: Any) -> None:
    assert machine.check_output("systemctl list-units --failed --no-legend") == ""


def test_nothing_else_listens_on_tcp(server: Host, machine: Any) -> None:
    world = {("world", port) for port in [SPEC.firewall.ssh.port, *server.ports]}
    assert sockets(machine, "tcp") == world | {("loopback", port) for port in LOCAL}


def test_only_the_resolver_listens_on_udp(machine: Any) -> None:
    assert sockets(machine, "udp") == {("loopback", 53)}


def test_files_have_their_owner_and_mode(server: Host, machine: Any) -> None:
    files = render(SPEC, server.name).files
    shown = machine.check_output(f"stat --format='%n %U:%G 0%a' {' '.join(sorted(files))}")
    assert shown.splitlines() == [
        f"{path} {file.owner}:{file.group} {file.mode}" for path, file in sorted(files.items())
    ]


def test_strangers_can_not_read_secrets(server: Host, machine: Any) -> None:
    secret = [path for path, file in render(SPEC, server.name).files.items() if file.is_secret]
    assert secret
    assert machine.run(f"setpriv --reuid=nobody --regid=nogroup --clear-groups cat {' '.join(secret)}").stdout == ""


def test_lookup_rows_are_closed_to_others(server: Host, machine: Any) -> None:
    shown = machine.check_output(f"stat --format='%U:%G 0%a' {server.lookup} $(dirname {server.lookup})")
    assert shown.splitlines() == ["root:mailspec 0640", "root:mailspec 0750"]


def test_packages_are_installed(server: Host, machine: Any) -> None:
    shown = machine.check_output(
        f"dpkg-query --show --showformat='${{db:Status-Status}}\\n' {' '.join(server.packages)}"
    )
    assert set(shown.splitlines()) == {"installed"}


def test_resolver_is_the_own_one(machine: Any) -> None:
    assert machine.check_output("readlink --canonicalize /etc/resolv.conf") == "/etc/resolv.conf"
    assert machine.check_output("grep ^nameserver /etc/resolv.conf").splitlines() == [
        "nameserver 127.0.0.1",
        "nameserver ::1",
    ]


def test_journal_has_no_warning(machine: Any) -> None:
    command = f"journalctl --boot --until=@{START.read_text()} --output=json --no-pager"
    lines = machine.check_output(command).splitlines()
    entries = [json.loads(line) for line in lines]
    found = [
        f"{entry.get('SYSLOG_IDENTIFIER')}: {entry['MESSAGE']}"
        for entry in entries
        if int(entry.get("PRIORITY", 6)) <= 4 or NOISE.search(str(entry["MESSAGE"]))
    ]
    assert [line for line in found if not line.startswith(CONTAINER)] == []
