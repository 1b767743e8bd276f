"""Which services a switch touches, and which of them end."""

import json
from pathlib import Path
from typing import Any

import pytest

from mailspec.server import affected, generation, stage

WEB = {"service": "web", "units": ["nginx.service"], "listen": ["443"], "watch": ["/etc/mailspec/tls/*"]}
POSTFIX = {"service": "postfix", "units": ["postfix.service"], "listen": ["25"], "watch": []}


def said(service: dict[str, Any], *files: str, changed: tuple[str, ...] = ()) -> dict[str, Any]:
    return {**service, "files": list(files), "changed": list(changed), "restart_on": []}


def test_service_without_a_file_of_its_own_ends() -> None:
    known = {"web": WEB, "postfix": POSTFIX}
    touched, ending = affected.parted([said(WEB), said(POSTFIX, "/etc/postfix/main.cf")], known)
    assert ([one["service"] for one in touched], [one["service"] for one in ending]) == (["postfix"], ["web"])
    assert list(affected.lasting(known, touched, ending)) == ["postfix"]


def test_service_that_never_was_does_not_end() -> None:
    assert affected.parted([said(WEB)], {"postfix": POSTFIX}) == ([], [])


def test_service_that_ended_sees_no_new_certificate() -> None:
    paths = ["/etc/mailspec/tls/server.pem"]
    assert [one["service"] for one in affected.watching({"web": WEB}, [], paths)] == ["web"]
    assert affected.watching({"postfix": POSTFIX}, [], paths) == []


def test_canary_starts_nothing_of_a_service_that_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "load", lambda: {"services": {"web": WEB, "postfix": POSTFIX}})
    (tmp_path / "web.json").write_text(json.dumps(said(WEB)))
    found = stage.order(tmp_path, {"/etc/postfix/main.cf": "postfix"}, ["web", "postfix"])["services"]
    assert [(one["service"], one["units"], one["listen"]) for one in found] == [
        ("web", [], []),
        ("postfix", ["postfix.service"], ["25"]),
    ]
