"""Every printer gives what is expected, the same bytes each time."""

import pytest

from tests.plan_show.golden import CASES, FOLDER, made

HINT = "run script/golden, and read the diff before you commit it"


@pytest.mark.parametrize("case", CASES)
def test_plan_is_shown_as_expected(case: str) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / case).iterdir()}
    assert made(case).keys() == kept.keys(), HINT
    for name, text in made(case).items():
        assert text == kept[name], f"{case}/{name}: {HINT}"


@pytest.mark.parametrize("case", CASES)
def test_second_print_gives_the_same_bytes(case: str) -> None:
    assert made(case) == made(case)


def test_no_other_case_is_kept() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(CASES)
