"""Every message word for word: a case is a folder with a broken spec and the text the user sees."""

import ast
from pathlib import Path

import pytest

from mailspec.load import load
from mailspec.problem import SpecError

ERRORS = Path(__file__).parent / "errors"
SOURCES = Path(__file__).parent.parent / "mailspec"
COMPLETE = {"no-certificate", "no-dkim-key"}


def message(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    with pytest.raises(SpecError) as caught:
        load(Path(), complete=folder.name in COMPLETE)
    return f"{caught.value}\n"


@pytest.mark.parametrize("case", sorted(path.name for path in ERRORS.iterdir()))
def test_message_is_word_for_word(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = (ERRORS / case / "expected.txt").read_text(encoding="utf-8")
    assert message(ERRORS / case, monkeypatch) == expected


def _ids(module: Path) -> set[str]:
    """The ids of the problems a module reports."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = {"refusal": 0, "Clash": 1, "Problem": 1, "_note": 1, "at": 1}.get(name, 9)
            if len(node.args) > position and isinstance(id_ := node.args[position], ast.Constant):
                found.add(str(id_.value))
    return found


@pytest.mark.parametrize(
    "module",
    [
        *sorted((SOURCES / "model").glob("*.py")),
        *(SOURCES / f"{n}.py" for n in ("complaints", "load")),
        *(SOURCES / "reader").glob("*.py"),
    ],
)
def test_every_error_of_the_spec_has_a_case(module: Path) -> None:
    unlikely = {"too-large", "too-many-errors", "wrong-value"}
    cases = " ".join(path.read_text(encoding="utf-8") for path in ERRORS.glob("*/expected.txt"))
    assert {id_ for id_ in _ids(module) - unlikely if f"error[{id_}]" not in cases} == set()
