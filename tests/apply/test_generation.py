"""Going back over several generations is one change of rows, whatever happened between them."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from mailspec.rows import SCHEMA
from mailspec.server import copies, generation, history, journal, rows
from mailspec.server.failure import TroubleError

KEYS = {"domain": ["name"], "route": ["address", "target"]}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(journal, "STATE", tmp_path)
    monkeypatch.setattr(journal, "GENERATIONS", tmp_path / "generations")
    monkeypatch.setattr(generation, "GENERATIONS", tmp_path / "generations")
    monkeypatch.setattr(generation, "CURRENT", tmp_path / "generations/current")
    monkeypatch.setattr(journal, "LOOKUP", tmp_path / "lookup/lookup.db")
    monkeypatch.setattr(generation, "ids", lambda *_: (os.getuid(), os.getgid()))
    generation.prepare_state()
    rows.create(SCHEMA)
    return tmp_path


Changes = dict[str, tuple[list[Any], list[Any]]]


def apply(text: str = "", changes: Changes | None = None, schema: str = "") -> int:
    """Make a generation of one file and some rows, as a switch does; in tables of another schema if one is given."""
    wanted = {table: {"keys": KEYS[table], "put": put, "drop": drop} for table, (put, drop) in (changes or {}).items()}
    current: int = generation.load()["id"]
    undo, before = rows.inverse(wanted, anew=bool(schema)), rows.schema() if schema else ""
    staged = journal.STATE / "staged"
    generation.write_staged(staged / "etc/one", text.encode(), "root", "root", "0644")
    entry = {"service": "base", "owner": "root", "group": "root", "mode": "0644", "secret": False}
    manifest = {
        "id": current + 1,
        "services": {},
        "time": 0,
        "by": "root@desk",
        "revision": "",
        "reason": "apply",
        "files": {"/etc/one": entry, "/etc/two": {**entry, "secret": True}},
        "changed": {"/etc/one": "changed"},
        "rows": rows.counts(wanted, undo),
    }
    generation.create(manifest, staged, [], {"undo": undo, "schema": before})
    with journal.lookup() as database:
        journal.change_rows(database, wanted, schema)
    journal.point("current.new", current + 1)
    generation.make_current()
    return current + 1


def live() -> dict[str, list[Any]]:
    with journal.lookup() as database:
        return {table: database.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in KEYS}


def test_rows_go_back_over_several_generations_at_once() -> None:
    states = {}
    past: list[Changes] = [
        {"domain": ([["a", "a", "mail", ""], ["b", "b", "mail", ""]], [])},
        {"domain": ([["a", "changed", "mail", ""]], [["b"]]), "route": ([["x", "y"]], [])},
        {"domain": ([["b", "b", "again", ""], ["c", "c", "mail", ""]], [["a"]]), "route": ([], [["x", "y"]])},
        {"domain": ([["a", "a", "mail", ""]], [["c"]])},
    ]
    for changes in past:
        number = apply(changes=changes)
        states[number] = live()
    for number in (3, 2, 1, 4):
        newest = max(states)
        back = generation.composed(newest, number)
        made = apply(changes={table: (change["put"], change["drop"]) for table, change in back.items()})
        states[made] = live()
        assert live() == states[number]


def test_rows_go_back_to_the_tables_of_their_time() -> None:
    old = SCHEMA.replace("kind TEXT NOT NULL", "kind TEXT NOT NULL, colour TEXT").replace(
        "user_version = ", "user_version = 9"
    )
    apply(changes={"domain": ([["a", "a", "mail", "red", ""]], [])}, schema=old)
    apply(changes={"domain": ([["b", "b", "mail", "blue", ""]], [])})
    wanted = live()
    apply(changes={"domain": ([["c", "c", "mail", ""]], [])}, schema=SCHEMA)
    apply(changes={"domain": ([["d", "d", "mail", ""]], [["c"]])})
    assert generation.schema(4, 3) == ""
    back, schema = generation.composed(4, 2), generation.schema(4, 2)
    apply(
        changes={table: (change["put"], change["drop"]) for table, change in back.items() if table in KEYS},
        schema=schema,
    )
    assert live() == wanted
    back, schema = generation.composed(5, 1), generation.schema(5, 1)
    apply(
        changes={table: (change["put"], change["drop"]) for table, change in back.items() if table in KEYS},
        schema=schema,
    )
    assert live()["domain"] == [("a", "a", "mail", "red", "")]


def test_rows_are_counted_between_two_generations() -> None:
    apply(changes={"domain": ([["a", "a", "mail", ""], ["b", "b", "mail", ""]], [])})
    apply(changes={"domain": ([["a", "changed", "mail", ""], ["c", "c", "mail", ""]], [["b"]])})
    apply(changes={"domain": ([["b", "b", "mail", ""]], [["c"]])})
    assert history.difference(1, 2)["rows"] == {"domain": [1, 1, 1]}
    assert history.difference(2, 1)["rows"] == {"domain": [1, 1, 1]}
    assert history.difference(1, 3)["rows"] == {"domain": [0, 1, 0]}
    assert history.difference(2, 3)["rows"] == {"domain": [1, 0, 1]}


def test_files_are_compared_and_secrets_are_not_shown() -> None:
    apply("old\n")
    secret = generation.directory(1) / "files/etc/two"
    secret.write_text("swordfish")
    apply("new\n")
    (generation.directory(2) / "files/etc/two").unlink()
    (generation.directory(2) / "files/etc/two").write_text("other")
    found = history.difference(1, 2)["files"]
    assert found[0].endswith("@@ -1 +1 @@\n-old\n+new\n")
    assert found[1] == "/etc/two: holds secrets, content not shown\n"
    assert "swordfish" not in json.dumps(found)


def test_generations_share_what_did_not_change_and_the_oldest_go() -> None:
    for number in range(5):
        apply(f"{number}\n")
    assert generation.kept() == [1, 2, 3, 4, 5]
    generation.prune(2)
    assert generation.kept() == [4, 5]
    assert [entry["current"] for entry in history.generations()] == [True, False]
    with pytest.raises(TroubleError, match="generation 3 is not kept here"):
        history.difference(3, 5)


def test_only_root_reads_a_generation() -> None:
    apply()
    modes = {path.name: path.stat().st_mode & 0o777 for path in generation.directory(1).iterdir()}
    assert (modes["rows.json"], modes["manifest.json"]) == (0o600, 0o600)
    assert generation.directory(1).stat().st_mode & 0o777 == 0o700


def test_staged_file_is_as_old_as_postfix_wants_it_and_stays_so_in_copies(state: Path) -> None:
    staged, live = state / "staged/main.cf", state / "main.cf"
    generation.write_staged(staged, b"inet_protocols = all\n", "root", "root", "0644")
    copies.copy(staged, live)
    assert staged.stat().st_mtime <= time.time() - 2  # dict_load_file_xt() of Postfix pauses below that
    assert live.stat().st_mtime == staged.stat().st_mtime
