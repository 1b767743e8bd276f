"""Sockets as a canary opens them: each connection starts the service that systemd would start for it."""

import contextlib
import os
import pwd
import socket
from pathlib import Path

from .listener import Listener
from .network import begun
from .units import Unit, UnitError, settings


class Socket(Unit):
    """A socket of the kind `Accept=yes`, one client after the other."""

    def __init__(self, name: str, service: str, listener: Listener) -> None:
        super().__init__(name, service, listener)
        self.settings = settings(name, "Socket")

    def start(self) -> None:
        """Listen; what the service makes of a connection, its client sees."""
        path = Path(self._one("ListenStream", ""))
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind(str(path))
        os.chown(path, pwd.getpwnam(self._one("SocketUser", "root")).pw_uid, 0)
        path.chmod(int(self._one("SocketMode", "0666"), 8))
        listening.listen()
        begun(lambda: self._accept(listening))

    def _accept(self, listening: socket.socket) -> None:
        while True:
            connection, _ = listening.accept()
            with connection, contextlib.suppress(UnitError):
                Unit(f"{Path(self.name).stem}@1.service", self.service, self._listener).serve(connection.fileno())


def opened(name: str, service: str, listener: Listener) -> Unit:
    """The unit of a name, which may be a socket."""
    return (Socket if name.endswith(".socket") else Unit)(name, service, listener)
