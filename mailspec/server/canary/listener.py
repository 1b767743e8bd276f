"""Everything the daemons of a canary say: to syslog, to standard output, and to systemd."""

import os
import re
import selectors
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from ..command import TROUBLE

_SYSLOG = re.compile(r"<(\d+)>(?:\w{3} [ \d]\d \d\d:\d\d:\d\d )?([^\[:\s]+)(?:\[\d+\])?: ?(.*)", re.DOTALL)
_LOUD = re.compile(r"\b(warning|error|fatal|panic): |\bstatus=(deferred|bounced)\b", re.IGNORECASE)
"""In a canary every message that was accepted is delivered at once."""
_QUOTE = ">>> "
"""How Redis and Valkey begin the line of their configuration that they do not understand."""
_WARNING = 4


@dataclass(frozen=True)
class Line:
    """One line a daemon said."""

    service: str
    text: str
    level: int | None
    """How severe it is by syslog; None on standard output, which does not tell."""

    @property
    def is_trouble(self) -> bool:
        """Whether somebody should look at it."""
        if self.level is None:
            return bool(TROUBLE.search(self.text)) or self.text.startswith(_QUOTE)
        return self.level <= _WARNING or bool(_LOUD.search(self.text))


class Listener:
    """Collects lines in a thread; what `harmless` names, by service, is no trouble."""

    notify = "/run/systemd/notify"

    def __init__(self, services: dict[str, list[str]]) -> None:
        self.lines: list[Line] = []
        self._harmless = {name: [re.compile(pattern) for pattern in found] for name, found in services.items()}
        self._selector = selectors.DefaultSelector()
        self._partial: dict[int, bytes] = {}
        self._last = time.monotonic()
        self._listen(_log_path(), "syslog")
        self._listen(Path(self.notify), "notify")
        threading.Thread(target=self._collect, daemon=True).start()

    def pipe(self, service: str) -> int:
        """A descriptor for the standard output of a service."""
        reader, writer = os.pipe()
        self._selector.register(reader, selectors.EVENT_READ, service)
        return writer

    def trouble(self, until: int | None = None) -> list[Line]:
        """The lines nobody expects."""
        return [line for line in self.lines[:until] if line.is_trouble and not self._is_harmless(line)]

    def words(self, service: str, count: int = 3) -> str:
        """The last words of a service about something that went wrong."""
        lines = [line.text for line in self.lines if line.service == service and line.is_trouble]
        return "; ".join(lines[-count:])

    def settle(self, quiet: float, patience: float) -> None:
        """Wait until nobody has said anything for a moment."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and time.monotonic() - self._last < quiet:
            time.sleep(0.02)

    def _is_harmless(self, line: Line) -> bool:
        return any(pattern.search(line.text) for pattern in self._harmless.get(line.service, ()))

    def _listen(self, path: Path, kind: str) -> None:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        listener.bind(str(path))
        path.chmod(0o666)
        self._selector.register(listener, selectors.EVENT_READ, kind)

    def _collect(self) -> None:
        while True:
            for key, _ in self._selector.select(0.2):
                self._last = time.monotonic()
                source = key.fileobj
                if isinstance(source, socket.socket):
                    data = source.recv(1 << 16)
                    if key.data == "syslog":
                        self._syslog(data.decode(errors="replace").rstrip("\n\0"))
                else:
                    self._output(int(source), str(key.data))  # type: ignore[arg-type]

    def _syslog(self, text: str) -> None:
        if match := _SYSLOG.fullmatch(text):
            name = match[2].rpartition("/")[0] if match[2].startswith("postfix/") else match[2]
            said = f"{match[2]}: {match[3]}"
            service = name.partition("/")[0]
            self.lines.append(Line(self._known(service), said, int(match[1]) & 7))
        else:
            self.lines.append(Line("", text, None))

    def _known(self, name: str) -> str:
        return name if name in self._harmless else ""

    def _output(self, source: int, service: str) -> None:
        data = os.read(source, 1 << 16)
        if not data:
            self._selector.unregister(source)
            os.close(source)
            return
        *lines, rest = (self._partial.pop(source, b"") + data).split(b"\n")
        self._partial[source] = rest
        self.lines += [Line(service, line.decode(errors="replace"), None) for line in lines if line.strip()]


def _log_path() -> Path:
    """Where syslog(3) writes to."""
    path = Path("/dev/log").resolve()
    if not path.is_relative_to("/run"):
        raise OSError(f"/dev/log leads to {path}, which the room does not cover")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
