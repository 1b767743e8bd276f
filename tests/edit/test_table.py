"""Tables from elsewhere: what is no table of accounts is told, and what is one comes back as it went."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailspec.edit import table
from mailspec.edit.draft import Draft
from mailspec.edit.roster import take
from mailspec.problem import SpecError
from tests.edit.cases import BASE, prepare
from tests.examples import examples


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "t.csv:1: error[bad-table]: the column `name` is missing"),
        (b"name,name\n", "t.csv:1: error[bad-table]: the column `name` stands there twice"),
        (b"name\nal\0ice\n", "t.csv:2: error[bad-character]"),
        (b"name\nal\xffice\n", "t.csv:2:3: error[encoding]"),
        ("name\nalice\n".encode("utf-16"), "t.csv: error[encoding]"),
        (b'name\n"alice', "t.csv:2: error[bad-table]: this is no CSV"),
        (b"name\n" + b"a" * 200_000, "t.csv:2: error[bad-table]: this is no CSV"),
        (b"name\n=cmd|'/c calc'!A1\n", "t.csv:2: error[bad-address]"),
        (b'name\n"a\nb"\nx\n', "t.csv:2: error[unsafe-text]"),
        (b'name,full_name\n"al\r\nice",x\r\n$,x\r\n', "t.csv:4: error[bad-address]"),
    ],
)
def test_hostile_table_is_refused_with_its_line(content: bytes, found: str) -> None:
    prepare("roster-imported", Path())
    Path("t.csv").write_bytes(content)
    with pytest.raises(SpecError) as caught:
        take(Draft(Path()), *table.read(Path("t.csv")))
    assert found in str(caught.value)


def test_huge_table_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("t.csv").write_text("name\n")
    monkeypatch.setattr(table, "LIMIT", 4)
    with pytest.raises(SpecError, match="too-large"):
        table.read(Path("t.csv"))


def test_what_was_exported_changes_nothing() -> None:
    draft = Draft(BASE)
    for mark in ("", "\ufeff"):
        Path("t.csv").write_text(mark + table.write(draft), encoding="utf-8", newline="")
        again = Draft(BASE)
        assert take(again, *table.read(Path("t.csv"))) == {}
        assert list(again.diff()) == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20))
@settings(max_examples=examples(50))
def test_any_name_comes_back_from_a_table(name: str) -> None:
    draft = Draft(BASE)
    draft.put(("accounts", "alice", "name"), name)
    try:
        draft.spec = draft.plan().after
    except SpecError:
        return  # no name
    Path("t.csv").write_text(table.write(draft), encoding="utf-8", newline="")
    assert table.read(Path("t.csv"))[0][0].cells["full_name"] == draft.spec.accounts["alice"].name


def test_cells_that_a_spreadsheet_would_run_are_told() -> None:
    assert table.formulas("name,full_name\r\nalice,=1+1\r\nbob,a=b\r\n") == ["`=1+1` (alice)"]
