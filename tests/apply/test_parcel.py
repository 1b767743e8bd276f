"""The program of a server: it is sent once, needs nothing that a server lacks, and other versions give way."""

import base64
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mailspec.ansible import parcel

MODULE = Path(__file__).parents[2] / "mailspec/ansible/modules/mailspec_host.py"
DAY = 86400


def asked(folder: Path, packed: str = "", program: str = "") -> Any:
    """What the module answers on a server whose /run is this folder; the work is one that nobody knows."""
    arguments = {"work": "none", "payload": "", "program": program or parcel.name(), "parcel": packed}
    text = MODULE.read_text().replace("<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>", json.dumps(arguments))
    text = text.replace('Path("/run")', f"Path({str(folder)!r})")
    text = text.replace('ASKED["_ansible_check_mode"]', "False").replace("door.main", "print")  # it does no work here
    done = subprocess.run([sys.executable, "-I", "-"], input=text, capture_output=True, text=True, check=True)
    return json.loads(done.stdout) if done.stdout.startswith("{") else done.stdout


def test_server_asks_for_a_program_it_does_not_know_and_keeps_it(tmp_path: Path) -> None:
    assert asked(tmp_path) == {"unknown": True}
    assert asked(tmp_path, parcel.content()) == "none  False\n"
    assert asked(tmp_path) == "none  False\n"
    assert [path.name for path in tmp_path.iterdir()] == [f"mailspec-program-{parcel.name()}"]
    assert next(tmp_path.iterdir()).stat().st_mode & 0o077 == 0


def test_program_that_nobody_has_used_for_a_day_gives_way(tmp_path: Path) -> None:
    old, young = tmp_path / "mailspec-program-old", tmp_path / "mailspec-program-young"
    for path in (old, young):
        path.mkdir()
    os.utime(old, (0, time.time() - 2 * DAY))
    asked(tmp_path, parcel.content())
    assert not old.exists()
    assert young.exists()


def test_where_a_program_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / f"mailspec-program-{parcel.name()}").touch()
    answer = asked(tmp_path, parcel.content())
    assert answer["failed"]
    assert "directory" in answer["msg"]
    assert len(list(tmp_path.iterdir())) == 1


def test_program_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(parcel.content()))) as bundle:
        names = [name.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for name in bundle.namelist()]
        bundle.extractall(tmp_path)
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import {', '.join(names)}"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_another_version_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "door.py").write_text("")
    monkeypatch.setattr(parcel, "_FOLDER", tmp_path)
    parcel.name.cache_clear()
    one = parcel.name()
    (tmp_path / "door.py").write_text("pass")
    parcel.name.cache_clear()
    two = parcel.name()
    monkeypatch.undo()
    parcel.name.cache_clear()
    assert len({one, two, parcel.name()}) == 3
