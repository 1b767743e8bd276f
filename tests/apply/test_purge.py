"""A purge shows what is left, deletes what is named and old enough, and follows no link."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from mailspec.ansible import purge as asked
from mailspec.rows import SCHEMA
from mailspec.server import generation, journal, mailboxes, purge, rows, tombstone
from mailspec.server.failure import TroubleError
from tests.specs import build

DAY = 86400
OLD, YOUNG = "old@example.org", "young@example.org"
LEASE = {"run": "r", "by": "root@desk", "host": "desk", "pid": 1, "started": "1"}


@pytest.fixture(autouse=True)
def vmail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(journal, "STATE", tmp_path / "state")
    monkeypatch.setattr(journal, "GENERATIONS", tmp_path / "state/generations")
    monkeypatch.setattr(generation, "CURRENT", tmp_path / "state/generations/current")
    monkeypatch.setattr(journal, "LOOKUP", tmp_path / "state/lookup/lookup.db")
    monkeypatch.setattr(mailboxes, "VMAIL", tmp_path / "vmail")
    monkeypatch.setattr(generation, "ids", lambda *_: (os.getuid(), os.getgid()))
    (tmp_path / "state/generations").mkdir(parents=True)
    rows.create(SCHEMA)
    with journal.lookup() as database:
        removed = [(OLD, time.time() // 1 - 40 * DAY), (YOUNG, time.time() // 1 - DAY)]
        database.executemany("INSERT INTO tombstone VALUES (?, ?)", removed)
        database.execute("INSERT INTO user_password VALUES (?, '{X}y', 1)", (OLD,))
    for login in (OLD, YOUNG):
        for name in ("Maildir/new/1", "Maildir/.Sent/cur/2:2,S", "sieve/filter.sieve"):
            file = mailboxes.home(login) / name
            file.parent.mkdir(parents=True)
            file.write_text("text")
    return tmp_path / "vmail"


def run(names: str = "", *, early: bool = False, check: bool = False) -> list[dict[str, Any]]:
    return purge.purge({**asked.wanted(build(), names, early=early), "lease": LEASE}, check)


def gone(found: list[dict[str, Any]]) -> list[str]:
    return [entry["login"] for entry in found if entry["purged"]]


def test_without_a_name_everything_is_shown_and_nothing_deleted(vmail: Path) -> None:
    found = run()
    assert [(e["login"], e["expired"], e["messages"], e["bytes"]) for e in found] == [
        (OLD, True, 2, 12),
        (YOUNG, False, 2, 12),
    ]
    assert gone(found) == []
    assert len(list(vmail.glob("*/*"))) == 2


@pytest.mark.parametrize("name", ["old", "old@example.org", "expired"])
def test_what_is_named_and_old_enough_is_deleted_with_its_password(name: str, vmail: Path) -> None:
    assert gone(run(name, check=True)) == [OLD]
    assert mailboxes.exists(OLD)
    assert gone(run(name)) == [OLD]
    assert [path.name for path in vmail.glob("*/*")] == ["young"]
    assert tombstone.found().keys() == {YOUNG}
    with journal.lookup() as database:
        assert database.execute("SELECT count(*) FROM user_password").fetchone() == (0,)
    assert gone(run("expired")) == []


def test_who_left_lately_is_kept_unless_both_named_and_meant() -> None:
    with pytest.raises(TroubleError, match=r"young@example.org was removed on .* is to be kept until"):
        run("old,young")
    assert mailboxes.exists(OLD)
    assert gone(run("expired", early=True)) == [OLD]
    assert gone(run("young", early=True)) == [YOUNG]


def test_nobody_without_a_tombstone_is_deleted() -> None:
    mailboxes.home("alice@example.org").mkdir()
    with pytest.raises(TroubleError, match=r"alice@example.org has no tombstone here"):
        run("old,alice")
    assert mailboxes.exists(OLD)


def test_a_link_is_not_followed(vmail: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_text("precious")
    inside = mailboxes.home(OLD) / "Maildir/cur"
    inside.symlink_to(tmp_path / "precious")
    run("old")
    mailboxes.home(YOUNG).rename(vmail / "kept")
    mailboxes.home(YOUNG).symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic link"):
        run("young", early=True)
    assert (tmp_path / "precious/file").read_text() == "precious"
    assert tombstone.found().keys() == {YOUNG}


def test_who_never_got_mail_leaves_only_a_tombstone(vmail: Path) -> None:
    for path in sorted(vmail.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert [(entry["messages"], entry["bytes"]) for entry in run("old")] == [(0, 0), (0, 0)]
    assert tombstone.found().keys() == {YOUNG}


def test_the_answer_is_a_table_with_what_is_deleted_first() -> None:
    entry = {"login": "a@example.org", "removed": 0, "expires": 30 * DAY, "expired": True, "purged": False}
    found = [
        {**entry, "messages": 1, "bytes": 5},
        {**entry, "login": "bert@example.org", "expired": False, "messages": 0, "bytes": 0},
        {**entry, "login": "c@example.org", "purged": True, "messages": 1234, "bytes": 3 * 1024**2},
    ]
    assert asked.text("mx1", found, check=False) == (
        "mx1: 1 purged, 2 kept\n"
        "  c@example.org     purged                 removed 1970-01-01  1,234 messages, 3.0 MiB\n"
        "  a@example.org     may be purged          removed 1970-01-01  1 message, 5 bytes\n"
        "  bert@example.org  kept until 1970-01-31  removed 1970-01-01  0 messages, 0 bytes"
    )
    assert asked.text("mx1", found[2:], check=True).startswith("mx1: 1 would be purged, 0 kept\n")
    assert asked.text("mx1", [], check=False) == "mx1: no removed account has left anything"
