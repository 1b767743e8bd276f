"""Where the cases run: the server, its users' passwords, and the world around it."""

import json
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from ..load import load
from ..model.domain import MailDomain
from ..vault import Vault
from .book import Book
from .case import Origin
from .case import Secret as Password

TIMEOUT = 30
"""The seconds one answer may take."""


@dataclass(frozen=True)
class World:
    """The far end, as the closed network has it."""

    name: str
    addresses: dict[int, str]
    """By IP version."""
    proxy_port: int
    """A connection to it reaches port 25 of the server from the address of the far end."""
    mail: Path
    """What arrived there: `<domain>/<local part>/new/<file>`."""
    key: bytes
    """The DKIM key of its domains, PEM."""
    ssh_config: Path
    """How to reach the hosts."""

    @classmethod
    def read(cls, path: Path) -> "World":
        """The far end that a `lab.json` describes."""
        lab = json.loads(path.read_text(encoding="utf-8"))
        world = lab["world"]
        addresses = {6 if ":" in address else 4: address for address in world["addresses"]}
        key = Path(world["friend"]["key"]).read_bytes()
        return cls(world["name"], addresses, world["proxy_port"], Path(world["mail"]), key, Path(lab["ssh_config"]))

    def messages(self, address: str) -> Iterator[bytes]:
        """What arrived for an address of the far end."""
        local, _, domain = address.partition("@")
        for file in sorted((self.mail / domain / local / "new").glob("*")):
            yield file.read_bytes()


@dataclass(frozen=True)
class Site:
    """One server under test, seen from outside."""

    folder: Path
    """The spec, with its vault and `passwords.json`."""
    world: World

    @cached_property
    def spec(self) -> MailDomain:
        """The spec."""
        return load(self.folder)

    @cached_property
    def book(self) -> Book:
        """The spec as the cases read it."""
        return Book(self.spec.on(datetime.now(UTC).date()))

    @property
    def name(self) -> str:
        """The server's name."""
        return self.book.host.name

    @cached_property
    def addresses(self) -> dict[int, str]:
        """The first address of each version of IP."""
        versions = ((4, self.book.host.ipv4), (6, self.book.host.ipv6))
        return {version: found[0] for version, found in versions if found}

    @cached_property
    def _passwords(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "passwords.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def _vault(self) -> Vault:
        return Vault.open(self.folder)

    def password(self, login: str, kind: Password = Password.RIGHT, app: str = "") -> str:
        """What to give as the password of an account, or of one of its apps."""
        account = self.spec.mailboxes[login]
        entry = account.app_passwords[app] if app else account.password
        if not entry:  # a shared mailbox has none, and that of somebody else is none either
            login = self.spec.address(self.spec.postmaster)
        elif kind is Password.HASH:
            return self._vault.get(entry.hash.name)
        right = self._passwords[f"{login}/{app}" if app else login]
        return right if kind is Password.RIGHT else f"not {right}"

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """TLS as a mail program does it, with the CA of the tests."""
        context = ssl.create_default_context()
        authority = self.folder / "tls" / "ca.pem"
        if authority.exists():
            context.load_verify_locations(authority)
        return context

    def connect(self, port: int, origin: Origin = Origin.CONTROLLER, family: int = 0) -> socket.socket:
        """A TCP connection to the server; only port 25 can be reached from the far end."""
        family = family or self.book.families[0]
        address = self.addresses[family]
        if origin is Origin.WORLD:
            assert port == 25, port
            address, port = self.world.addresses[family], self.world.proxy_port
        return socket.create_connection((address, port), TIMEOUT)

    def run(self, *command: str) -> str:
        """The output of a command on the server."""
        ssh = ["ssh", "-F", str(self.world.ssh_config), self.name, *command]
        done = subprocess.run(ssh, capture_output=True, text=True, timeout=TIMEOUT, check=False)
        return done.stdout

    def journal(self, queue_id: str) -> list[str]:
        """What the server's journal says about a message."""
        return self.run(f"journalctl --no-pager --output cat --grep {queue_id}").splitlines()
