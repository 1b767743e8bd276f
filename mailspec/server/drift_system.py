"""Drift of what runs: units, listening ports, and the packet filter in the kernel."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from typing import Any

from . import hand
from .command import CommandError, must, run
from .difference import Item, item, unified
from .services import ENABLED, RUNNING

CLIENTS = {68, 546}
"""The ports of UDP at which DHCP clients wait for answers."""
RULES = "/etc/nftables.conf"
_UNIT = re.compile(r"([^/]+\.(?:service|scope|socket))\S*$")
_TABLE = re.compile(r"^table .*?^}$", re.MULTILINE | re.DOTALL)


def wanted(items: Iterable[Item], ignore: list[str]) -> list[Item]:
    """The items without those that nobody wants to hear of; what mailspec itself made is never left out."""
    loose = {"extra", "firewall", "port"}
    found = [
        item
        for item in items
        if not (item["kind"] in loose and not item["diff"] and any(fnmatch(item["where"], one) for one in ignore))
    ]
    return sorted(found, key=lambda item: (item["kind"], item["where"], item["fact"]))


def services(current: dict[str, Any]) -> Iterator[Item]:
    """Units that do not run, will not start at boot, are masked, or run by older unit files."""
    units = [unit for service in current["services"].values() for unit in service["units"]]
    names = "Id,LoadState,ActiveState,UnitFileState,NeedDaemonReload"
    _, text = run(["systemctl", "show", f"--property={names}", *units])
    for unit, block in zip(units, text.split("\n\n"), strict=True):
        state = dict(line.split("=", 1) for line in block.splitlines())
        facts = []
        if state["LoadState"] != "loaded":
            facts.append(state["LoadState"])
        if state["ActiveState"] not in RUNNING:
            facts.append(f"not running ({state['ActiveState']})")
        if state["LoadState"] == "loaded" and state["UnitFileState"] not in ENABLED:
            facts.append(f"does not start at boot ({state['UnitFileState']})")
        if state["NeedDaemonReload"] == "yes":
            facts.append("its unit files changed since systemd read them")
        if facts:
            yield item("service", unit, ", ".join(facts))


def ports(current: dict[str, Any], named: list[int]) -> Iterator[Item]:
    """Ports open to others that the spec does not name, and ports of ours at which something else answers."""
    owners = {
        int(place): service["units"]
        for service in current["services"].values()
        for place in service["listen"]
        if str(place).isdigit()
    }
    ours = {unit for service in current["services"].values() for unit in service["units"]}
    said = set()
    for protocol in ("tcp", "udp"):
        for address, port, unit in _listening(protocol):
            who, place = unit or "something", f"{port}/{protocol}"
            client = protocol == "udp" and (unit in ours or port in CLIENTS)
            if place in said or client:
                continue
            if unit and port in owners and unit not in owners[port]:
                said.add(place)
                yield item("port", place, f"{unit} listens instead of {owners[port][0]}")
            elif not address.startswith(("127.", "[::1]")) and port not in named:
                said.add(place)
                yield item("port", place, f"{who} listens at {address}, and the spec names no such port")


def firewall(current: dict[str, Any]) -> Iterator[Item]:
    """Rules in the kernel that differ from those the generation's file makes in a network namespace of its own."""
    if RULES not in current["files"] or not hand.known(RULES).is_file():
        return
    show = 'nft --file "$0" && nft --stateless list ruleset'
    try:
        made = _tables(must(["unshare", "--net", "sh", "-c", show, str(hand.known(RULES))]))
        live = _tables(must(["nft", "--stateless", "list", "ruleset"]))
    except CommandError as error:
        yield item("firewall", RULES, f"can not be compared: {error}")
        return
    for name in sorted(made.keys() | live.keys()):
        if name not in made:
            yield item("firewall", name, "not ours")
        elif made[name] != live.get(name, ""):
            fact = "changed by hand" if name in live else "removed by hand"
            yield item("firewall", name, fact, unified(made[name], live.get(name, ""), "(mailspec)", "(now)"))


def _tables(text: str) -> dict[str, str]:
    """The tables of a ruleset by name."""
    return {table.partition(" {")[0]: table for table in _TABLE.findall(text)}


def _listening(protocol: str) -> Iterator[tuple[str, int, str]]:
    """What listens: address, port, and the unit it belongs to as far as the kernel tells."""
    text = must(["ss", "--no-header", "--numeric", "--listening", f"--{protocol}", "--cgroup"])
    for line in text.splitlines():
        address, _, port = line.split()[3].rpartition(":")
        unit = _UNIT.search(line.partition("cgroup:")[2].strip())
        yield address, int(port), unit[1] if unit else ""
