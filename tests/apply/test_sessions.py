"""Sessions end, also those that the server knows by another name."""

import os
import signal

import pytest

from mailspec.server import sessions

WHO = "username\tservice\tpid\tip\tdest_ip\nalice\timap\t4000001\t198.51.100.7\t\nalice.martin\timap\t4000002\t\t\n"


def test_what_a_kick_leaves_open_is_ended_by_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    killed: list[tuple[int, int]] = []

    def run(argv: list[str]) -> tuple[int, str]:
        ran.append(argv)
        return 0, WHO if "who" in argv else "1 connections kicked"

    monkeypatch.setattr(sessions, "run", run)
    monkeypatch.setattr(os, "kill", lambda pid, number: killed.append((pid, number)))
    sessions.end("alice")
    assert ran[0] == ["doveadm", "kick", "alice"]
    assert killed == [(4000001, signal.SIGTERM)]


def test_a_session_that_is_gone_already_is_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "run", lambda _: (0, WHO))

    def kill(_pid: int, _number: int) -> None:
        raise ProcessLookupError

    monkeypatch.setattr(os, "kill", kill)
    sessions.end("alice")
