"""An unfinished switch is undone from wherever it stopped: files and rows are those from before."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailspec.server import copies, journal, swap


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    (folder / "generations/000006").mkdir(parents=True)
    monkeypatch.setattr(journal, "STATE", folder)
    monkeypatch.setattr(journal, "GENERATIONS", folder / "generations")
    monkeypatch.setattr(journal, "LOOKUP", folder / "lookup.db")
    (folder / "generations/current").symlink_to("000006")
    return tmp_path


def switch(root: Path) -> tuple[dict[str, Any], Path]:
    """A switch that changes, adds and removes files: its journal, and where its files are."""
    live, files = root / "etc", root / "state/generations/000007/files"
    live.mkdir(exist_ok=True)
    names = {"changed": "old", "removed": "old", "derived": "old", "link": None}
    for name, text in names.items():
        if text:
            (live / name).write_text(text)
    (live / "link").symlink_to("elsewhere")
    put = [str(live / name) for name in ("changed", "added", "deep/er/added", "link")]
    for path in put:
        target = files / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("new")
    entry = {
        "run": "r",
        "generation": 7,
        "previous": 6,
        "put": put,
        "drop": [str(live / "removed")],
        "derived": [str(live / "derived")],
        "existed": [str(live / name) for name in ("changed", "link", "removed", "derived")],
        "folders": [str(live / "deep"), str(live / "deep/er")],
        "rows": {},
    }
    return entry, files


def picture(root: Path) -> dict[str, str]:
    """Everything below a folder: text of files, target of links."""
    found = {}
    for path in sorted(root.rglob("*")):
        found[str(path.relative_to(root))] = (
            str(path.readlink()) if path.is_symlink() else (path.read_text() if path.is_file() else "/")
        )
    return found


def test_without_a_journal_there_is_nothing_to_undo(state: Path) -> None:
    assert journal.read() is None
    journal.undo_at_boot()
    journal.tidy()
    assert picture(state / "state/generations") == {"000006": "/", "current": "000006"}


def test_a_switch_that_counts_leaves_nothing_beside_the_files(state: Path) -> None:
    entry, files = switch(state)
    journal.write_private(journal.STATE / journal.JOURNAL, json.dumps(entry))
    swap.prepare(entry, files)
    swap.go_live(entry)
    journal.finish()
    new = {"added": "new", "changed": "new", "link": "new"}  # what is derived is made again
    assert picture(state / "etc") == {**new, "deep": "/", "deep/er": "/", "deep/er/added": "new"}
    assert journal.read() is None


CALLS = ("link", "mkdir", "open", "rename", "replace", "symlink", "unlink")


class StoppedError(Exception):
    """The power goes."""


def stop_after(number: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let so many changes of the file system pass, then stop; the returned function ends it."""
    count = 0
    real = {name: getattr(os, name) for name in CALLS}

    def counted(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            if name != "open" or (len(arguments) > 1 and arguments[1] & os.O_CREAT):
                count += 1
                if count > number:
                    raise StoppedError
            return real[name](*arguments, **options)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, counted(name))

    def back() -> None:
        for name in CALLS:
            monkeypatch.setattr(os, name, real[name])

    return back


def test_wherever_a_switch_stops_it_is_undone_and_wherever_undoing_stops_it_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops = 0
    for number in range(100):
        root = tmp_path / str(number)
        (root / "state/generations/000006").mkdir(parents=True)
        monkeypatch.setattr(journal, "STATE", root / "state")
        monkeypatch.setattr(journal, "GENERATIONS", root / "state/generations")
        monkeypatch.setattr(journal, "LOOKUP", root / "state/lookup.db")
        (root / "state/generations/current").symlink_to("000006")
        entry, files = switch(root)
        before = picture(root / "etc")
        journal.write_private(journal.STATE / journal.JOURNAL, json.dumps(entry))
        back = stop_after(number, monkeypatch)
        try:
            swap.prepare(entry, files)
            swap.go_live(entry)
            journal.point("current.new", 7)
            (journal.GENERATIONS / "current.new").replace(journal.GENERATIONS / "current")
        except StoppedError:
            stops += 1
        else:
            back()
            break
        back()
        for interrupted in range(number % 7, 40, 7):  # and undoing is stopped as well
            back = stop_after(interrupted, monkeypatch)
            try:
                journal.undo_at_boot()
            except StoppedError:
                pass
            finally:
                back()
        journal.undo_at_boot()
        assert picture(root / "etc") == before
        assert picture(journal.GENERATIONS) == {"000006": "/", "current": "000006"}
        assert journal.read() is None
    assert stops > 15


def test_a_crash_after_a_switch_counts_does_not_undo_it(state: Path) -> None:
    entry, files = switch(state)
    journal.write_private(journal.STATE / journal.JOURNAL, json.dumps(entry))
    swap.prepare(entry, files)
    swap.go_live(entry)
    (journal.STATE / journal.JOURNAL).replace(journal.STATE / journal.DONE)
    journal.undo_at_boot()
    assert (state / "etc/changed").read_text() == "new"
    assert not list((state / "etc").rglob(".*"))


def test_a_copied_file_has_its_mode_before_its_content(state: Path) -> None:
    source, target = state / "source", state / "deep/target"
    source.write_text("secret")
    source.chmod(0o600)
    copies.copy(source, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in target.parent.iterdir()] == ["target"]


def test_a_private_file_is_never_readable_by_others(state: Path) -> None:
    journal.write_private(state / "private", "text")
    assert (state / "private").stat().st_mode & 0o777 == 0o600
