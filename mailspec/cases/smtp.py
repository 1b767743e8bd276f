"""A small SMTP client: sends exactly what a case says and keeps every answer (RFC 5321)."""

import base64
import re
import socket
import ssl
from dataclasses import dataclass
from types import TracebackType

from .case import Origin
from .outside import FRIEND
from .site import TIMEOUT, Site

_QUEUED = re.compile(r"queued as (\w+)")
_NAMES = {Origin.CONTROLLER: f"client.{FRIEND}", Origin.WORLD: f"mail.{FRIEND}"}


@dataclass(frozen=True)
class Reply:
    """What the server said to a command."""

    command: str
    code: int
    text: str

    @property
    def queue_id(self) -> str:
        """The name of the message in the server's queue, if this reply has one."""
        found = _QUEUED.search(self.text)
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"{self.command}: {self.code} {self.text}"


class RefusedError(Exception):
    """The server said no; its words are the last reply of the session."""


class Session:
    """One SMTP session."""

    def __init__(self, site: Site, port: int, origin: Origin = Origin.CONTROLLER, family: int = 0) -> None:
        self.site = site
        self.port = port
        self.replies: list[Reply] = []
        self._name = _NAMES[origin]
        self._socket: socket.socket | ssl.SSLSocket = site.connect(port, origin, family)
        self._read = self._socket.makefile("rb")

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._read.close()
        self._socket.close()

    @property
    def last(self) -> Reply:
        """The latest reply."""
        return self.replies[-1] if self.replies else Reply("connect", 0, "no answer")

    def greet(self) -> None:
        """Take the banner, say who we are, and start TLS where it is not there from the first byte."""
        if self.port == 465:
            self._encrypt()
        self.expect("connect", 220)
        self.command("EHLO", self._name, 250)
        if self.port != 465:
            self.command("STARTTLS", "", 220)
            self._encrypt()
            self.command("EHLO", self._name, 250)

    def login(self, login: str, password: str) -> None:
        """Log in by AUTH PLAIN (RFC 4616)."""
        secret = base64.b64encode(f"\0{login}\0{password}".encode()).decode()
        self.command("AUTH", f"PLAIN {secret}", 235)

    def send(self, sender: str, recipients: tuple[str, ...], message: bytes, size: int = 0) -> Reply:
        """Send one message; a refused recipient ends it."""
        self.start(sender, recipients, size)
        self.write(re.sub(rb"^\.", b"..", message, flags=re.MULTILINE) + b".\r\n")
        return self.expect("DATA", 250)

    def start(self, sender: str, recipients: tuple[str, ...], size: int = 0) -> None:
        """Send everything before the message itself."""
        self.command("MAIL", f"FROM:<{sender}>" + (f" SIZE={size}" if size else ""), 250)
        for recipient in recipients:
            self.command("RCPT", f"TO:<{recipient}>", 250)
        self.command("DATA", "", 354)

    def command(self, verb: str, rest: str, code: int) -> Reply:
        """Send one command."""
        self.write(f"{verb} {rest}".strip().encode() + b"\r\n")
        return self.expect(verb, code)

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._socket.sendall(data)

    def expect(self, command: str, code: int | None) -> Reply:
        """Read one reply; raises RefusedError if it has another code, unless any will do."""
        lines: list[bytes] = []
        while not lines or lines[-1][3:4] == b"-":
            line = self._read.readline(4096)
            if not line:
                self.replies.append(Reply(command, 0, "the server hung up"))
                raise RefusedError(str(self.last))
            lines.append(line)
        text = " / ".join(line[4:].decode(errors="replace").strip() for line in lines)
        self.replies.append(Reply(command, int(lines[-1][:3]), text))
        if code not in {None, self.last.code}:
            raise RefusedError(str(self.last))
        return self.last

    def _encrypt(self) -> None:
        self._socket.settimeout(TIMEOUT)
        self._socket = self.site.tls.wrap_socket(self._socket, server_hostname=self.site.name)
        self._read.close()
        self._read = self._socket.makefile("rb")
