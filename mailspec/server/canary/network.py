"""The network of a canary: the server's own addresses, and a stranger at the other end of a wire."""

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .. import room
from ..command import must

_WIRE = """\
link set lo up
link add {name} type veth peer name wire netns {far}
{addresses}
link set {name} up
{routes}
"""


class Network:
    """A wire between the server, which all daemons see, and the stranger, where all clients are."""

    def __init__(self, ours: list[str], strangers: list[str]) -> None:
        name = next((entry.name for entry in Path("/sys/class/net").iterdir() if entry.name != "lo"), "eth0")
        self._here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        room.leave_network()
        self._far = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        room.enter_network(self._here)
        far = f"/proc/{os.getpid()}/fd/{self._far}"
        _ip(_WIRE.format(name=name, far=far, addresses=_addresses(ours, name), routes=_routes(strangers, name)))
        room.enter_network(self._far)
        _ip(f"link set lo up\n{_addresses(strangers, 'wire')}\nlink set wire up\n{_routes(ours, 'wire')}\n")
        room.enter_network(self._here)

    def outside(self, work: Callable[[], Any]) -> threading.Thread:
        """Run a function as the stranger."""

        def far_away() -> None:
            room.enter_network(self._far)
            work()

        return begun(far_away)


def begun(work: Callable[[], Any]) -> threading.Thread:
    """A thread that nobody has to wait for."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def open_ports() -> set[int]:
    """The TCP ports that answer on an address others can reach."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:] if Path(table).exists() else ():
            local, state = line.split()[1], line.split()[3]
            address, _, port = local.partition(":")
            if state == "0A" and not _is_loopback(address):
                found.add(int(port, 16))
    return found


def listening(port: int, family: int) -> socket.socket:
    """A listener on every address of the server, for a port no daemon of ours has."""
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    found.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", port))  # noqa: S104 - of the room
    found.listen()
    return found


def _is_loopback(address: str) -> bool:
    data = bytes.fromhex(address)
    if len(data) == 4:
        return data[3] == 127
    words = b"".join(data[at : at + 4][::-1] for at in range(0, 16, 4))
    return words == bytes(15) + b"\x01" or words[:13] == bytes(10) + b"\xff\xff\x7f"


def _addresses(addresses: list[str], device: str) -> str:
    return "\n".join(
        f"addr add {a}/{128 if ':' in a else 32} dev {device}{' nodad' if ':' in a else ''}" for a in addresses
    )


def _routes(addresses: list[str], device: str) -> str:
    return "\n".join(f"route add {a} dev {device}" for a in addresses)


def _ip(commands: str) -> None:
    batch = Path("/tmp/network")  # noqa: S108 - of the room
    batch.write_text(commands, encoding="ascii")
    must(["ip", "-batch", str(batch)])
