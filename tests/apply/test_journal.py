"""An unfinished switch is undone: files and rows are those from before."""

import json
from pathlib import Path

import pytest

from mailspec.ansible.module_utils.mailspec_host import journal


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(journal, "JOURNAL", tmp_path / "journal.json")
    monkeypatch.setattr(journal, "LOOKUP", tmp_path / "lookup.db")
    return tmp_path


def test_without_a_journal_there_is_nothing_to_undo(state: Path) -> None:
    assert journal.undo() is None
    assert list(state.iterdir()) == []


def test_changed_files_come_back_and_new_ones_go(state: Path) -> None:
    kept, added, saved = state / "etc/kept", state / "etc/added", state / "saved"
    (saved / str(kept).lstrip("/")).parent.mkdir(parents=True)
    (saved / str(kept).lstrip("/")).write_text("before")
    kept.parent.mkdir()
    kept.write_text("after")
    added.write_text("after")
    entry = {"generation": 7, "saved": str(saved), "paths": [str(kept), str(added)], "rows": {}, "services": []}
    journal.write_private(journal.JOURNAL, json.dumps(entry))
    undone = journal.undo()
    assert undone is not None
    assert undone["generation"] == 7
    assert (kept.read_text(), added.exists(), journal.JOURNAL.exists()) == ("before", False, False)


def test_a_copied_file_has_its_mode_before_its_content(state: Path) -> None:
    source, target = state / "source", state / "deep/target"
    source.write_text("secret")
    source.chmod(0o600)
    journal.copy(source, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in target.parent.iterdir()] == ["target"]


def test_a_private_file_is_never_readable_by_others(state: Path) -> None:
    journal.write_private(state / "private", "text")
    assert (state / "private").stat().st_mode & 0o777 == 0o600
