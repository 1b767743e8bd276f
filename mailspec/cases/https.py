"""Asking the web service as browsers and mail providers do."""

import http.client
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass

from .site import TIMEOUT, Site

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    """By name in lower case."""
    text: str


def ask(site: Site, host: str, path: str, method: str = "GET", body: str = "", kind: str = FORM) -> Answer:
    """The answer to one request over TLS, to a certificate that has the name of the host."""
    raw = site.connect(443)
    connection = http.client.HTTPSConnection(host, timeout=TIMEOUT)
    connection.sock = site.tls.wrap_socket(raw, server_hostname=host)
    with connection.sock:
        connection.request(method, path, body or None, {"Content-Type": kind} if body else {})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read().decode())


def beside(site: Site, host: str, clients: int) -> float:
    """The seconds a page takes while others hold connections: the half of them silent, the others within TLS."""
    with ExitStack() as stack:
        for number in range(clients):
            raw = stack.enter_context(socket.create_connection((next(iter(site.addresses.values())), 443), TIMEOUT))
            if number % 2:
                session = stack.enter_context(site.tls.wrap_socket(raw, server_hostname=host))
                session.sendall(b"GET / HTTP/1.1\r\nHost: ")
        started = time.monotonic()
        ask(site, host, "/")
        return time.monotonic() - started
