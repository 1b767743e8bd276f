"""Probes below the protocols of mail: TLS handshakes, what is said without TLS, and open ports."""

import contextlib
import re
import resource
import select
import socket
import ssl
from collections.abc import Iterable

from .case import Tls
from .site import Site
from .smtp import RefusedError, Session

_WAIT = 1.0
"""The seconds a closed port may take to say nothing."""
_OLD = "ALL:@SECLEVEL=0"  # or OpenSSL itself refuses to speak old versions


def handshake(site: Site, case: Tls) -> str:
    """What is wrong with a TLS handshake of one version."""
    context = ssl.create_default_context(cafile=str(site.folder / "tls" / "ca.pem"))
    version = ssl.TLSVersion[case.version.replace(".", "_")]
    if not case.accepted:
        context.set_ciphers(_OLD)
    context.minimum_version = context.maximum_version = version
    try:
        with site.connect(case.port) as raw:
            _start_tls(raw, case.protocol, case.port)
            with context.wrap_socket(raw, server_hostname=site.name) as session:
                spoken = session.version()
    except (ssl.SSLError, ConnectionError) as error:
        return f"the handshake failed: {error}" if case.accepted else ""
    return "" if case.accepted and spoken == case.version else f"the server speaks {spoken}"


def _start_tls(raw: socket.socket, protocol: str, port: int) -> None:
    """Say what comes before TLS on this port, if anything does."""
    if protocol == "sieve":
        _talk(raw, b"", rb"^OK")
        _talk(raw, b"STARTTLS\r\n", rb"^OK")
    elif port in {25, 587}:
        _talk(raw, b"", rb"^220 ")
        _talk(raw, b"EHLO probe.example.com\r\n", rb"^250 ")
        _talk(raw, b"STARTTLS\r\n", rb"^220 ")


def _talk(raw: socket.socket, line: bytes, end: bytes) -> str:
    raw.sendall(line)
    text = b""
    while not re.search(end + rb".*\r\n", text, re.MULTILINE):
        part = raw.recv(4096)
        if not part:
            raise ConnectionError(f"the server hung up after {text!r}")
        text += part
    return text.decode(errors="replace")


def plain_text(site: Site, protocol: str, port: int) -> str:
    """How a port lets people log in without TLS."""
    if protocol == "smtp" and port != 465:
        return _plain_smtp(site, port)
    with site.connect(port) as raw:
        raw.settimeout(5)
        if protocol == "sieve":
            greeting = _talk(raw, b"", rb"^OK")
            offer = re.search(r'"SASL" "(.+)"', greeting)
            if offer:
                return f"it offers {offer[1]} before TLS"
            answer = _talk(raw, b'AUTHENTICATE "PLAIN" "AGEAYg=="\r\n', rb"^(?:OK|NO|BYE)")
            return f"it takes a login: {answer}" if answer.startswith("OK") else ""
        raw.sendall(b"EHLO probe.example.com\r\n" if port == 465 else b"a LOGIN a b\r\n")
        answer_bytes = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            answer_bytes = raw.recv(4096)
    return f"it answers without TLS: {answer_bytes!r}" if re.match(rb"220|\* |\+OK|250", answer_bytes) else ""


def _plain_smtp(site: Site, port: int) -> str:
    with Session(site, port) as session:
        session.expect("connect", 220)
        offered = session.command("EHLO", "probe.example.com", 250).text
        if re.search(r"\bAUTH\b", offered):
            return f"it offers a login before TLS: {offered}"
        with contextlib.suppress(RefusedError):
            session.command("AUTH", "PLAIN AGEAYg==", 235)
        if session.last.code not in {502, 503, 504, 530, 538}:
            return f"it takes a login before TLS: {session.last}"
    if port == 25:
        with Session(site, port) as session:
            session.greet()
            if re.search(r"\bAUTH\b", session.last.text):
                return f"it offers a login to strangers: {session.last.text}"
    return ""


def scan(address: str, expected: Iterable[int]) -> frozenset[int]:
    """The TCP ports that accept a connection; those expected get more time."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 8192 <= hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (8192, hard))
        soft = 8192
    step = min(soft - 512, 6000)
    found = {
        port for start in range(1, 65536, step) for port in _burst(address, range(start, min(start + step, 65536)))
    }
    for port in set(expected) - found:
        with contextlib.suppress(OSError), socket.create_connection((address, port), 5):
            found.add(port)
    return frozenset(found)


def _burst(address: str, ports: range) -> set[int]:
    """Connect to many ports at once."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    waiting: dict[int, tuple[socket.socket, int]] = {}
    opened = set()
    with contextlib.ExitStack() as stack, select.epoll() as events:
        for port in ports:
            client = stack.enter_context(socket.socket(family, socket.SOCK_STREAM))
            client.setblocking(False)
            client.connect_ex((address, port))
            waiting[client.fileno()] = (client, port)
            events.register(client, select.EPOLLOUT)
        while waiting and (ready := events.poll(_WAIT)):
            for number, _ in ready:
                client, port = waiting.pop(number)
                events.unregister(client)
                if client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                    opened.add(port)
    return opened


def difference(found: frozenset[int], expected: frozenset[int]) -> str:
    """What is open that should not be, and the other way round."""
    parts = {"open": found - expected, "closed": expected - found}
    return "; ".join(f"{word}, against the spec: {sorted(ports)}" for word, ports in parts.items() if ports)
