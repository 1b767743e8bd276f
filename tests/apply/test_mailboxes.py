"""A mailbox moves at once, its old name leads to it while mail is on its way, and a switch that fails moves it back."""

from pathlib import Path
from typing import Any

import pytest

from mailspec.server import generation, journal, mailboxes

OLD, NEW = "robert@example.org", "bob@shop.example"


@pytest.fixture(autouse=True)
def vmail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(mailboxes, "VMAIL", tmp_path / "vmail")
    monkeypatch.setattr(journal, "STATE", tmp_path)
    monkeypatch.setattr(journal, "GENERATIONS", tmp_path)
    monkeypatch.setattr(generation, "CURRENT", tmp_path / "current")
    monkeypatch.setattr(journal, "LOOKUP", tmp_path / "lookup.db")
    mail = mailboxes.home(OLD) / "Maildir/new/1"
    mail.parent.mkdir(parents=True)
    mail.write_text("mail")
    return tmp_path / "vmail"


def entry() -> dict[str, Any]:
    moves = mailboxes.paths([[OLD, NEW], ["nobody@example.org", "somebody@example.org"]])
    empty: dict[str, Any] = {key: [] for key in ("put", "drop", "derived", "existed", "folders")}
    return {"generation": 2, "previous": 1, "rows": {}, "moves": moves, **empty}


def text(login: str) -> str:
    return (mailboxes.home(login) / "Maildir/new/1").read_text()


def test_a_mailbox_that_moves_is_found_under_both_names_until_the_next_run(
    vmail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailboxes.move(entry())
    assert (text(OLD), text(NEW)) == ("mail", "mail")
    assert mailboxes.exists(NEW)
    assert not mailboxes.exists(OLD)
    monkeypatch.setattr(generation, "load", lambda: {"moves": [[OLD, NEW]]})
    mailboxes.forget_old_names()
    mailboxes.forget_old_names()
    assert sorted(path.name for path in vmail.glob("*/*")) == ["bob"]
    assert text(NEW) == "mail"


@pytest.mark.parametrize("step", ["not begun", "link made", "done"])
def test_wherever_a_move_stops_it_goes_back(step: str) -> None:
    work = entry()
    if step == "link made":
        mailboxes.home(NEW).parent.mkdir()
        mailboxes.home(NEW).symlink_to(mailboxes.home(NEW))
    elif step == "done":
        mailboxes.move(work)
    for _ in range(2):
        journal.restore(work)
        assert text(OLD) == "mail"
        assert mailboxes.exists(OLD)
        assert not mailboxes.home(NEW).is_symlink()
        assert not mailboxes.home(NEW).exists()


def test_names_that_no_converge_wrote_are_no_mailboxes() -> None:
    for login in ("../x@example.org", "..@example.org", "x@..", "@example.org", "x"):
        with pytest.raises(ValueError, match="is no login"):
            mailboxes.home(login)


def test_a_login_keeps_its_first_name_over_several_generations(monkeypatch: pytest.MonkeyPatch) -> None:
    moves = {2: [["a", "b"]], 3: [["b", "c"], ["x", "y"]], 4: []}
    monkeypatch.setattr(generation, "load", lambda number: {"moves": moves[number]} if number > 2 else {})
    assert generation.renamed(4, 2) == {"b": "c", "x": "y"}
    monkeypatch.setattr(generation, "load", lambda number: {"moves": moves[number]})
    assert generation.renamed(4, 1) == {"a": "c", "x": "y"}
    assert generation.renamed(4, 4) == {}


def test_a_shared_mailbox_has_an_inbox_before_its_first_message(vmail: Path) -> None:
    mailboxes.make([OLD, "desk@shop.example"])
    mailboxes.make(["desk@shop.example"])
    inbox = vmail / "shop.example/desk/Maildir"
    assert sorted(path.name for path in inbox.iterdir()) == ["cur", "new", "tmp"]
    assert (inbox / "new").stat().st_mode & 0o777 == 0o700
    assert text(OLD) == "mail"
