"""Probes of ports, on the machine of the tests."""

import socket
from contextlib import closing

import pytest

from mailspec.cases.probes import difference, scan


@pytest.mark.whole
def test_scan_finds_exactly_what_listens() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server, closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        ports = [server.getsockname()[1], silent.getsockname()[1]]
        assert scan("127.0.0.1", ports).intersection(ports) == {ports[0]}


def test_difference_names_both_sides() -> None:
    problem = difference(frozenset({25, 110}), frozenset({25, 993}))
    assert problem == "open, against the spec: [110]; closed, against the spec: [993]"
    assert difference(frozenset({25}), frozenset({25})) == ""
