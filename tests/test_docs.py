"""The documentation is true: what it says to type works, and what it shows is what one gets."""

import re
from pathlib import Path

import pytest

from mailspec.load import load
from tests.examples import whole
from tests.pages import PAGES, ROOT, RUN, blocks, played

FIRST = {"README.md"}
"""What newcomers type; the other pages are tried in the whole proof."""
_KINDS = {"sh run", "sh lab", "text", "text output", "yaml", "yaml part"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert {kind for kind, _ in blocks(page)} <= _KINDS


@pytest.mark.parametrize("page", [page if page.name in FIRST else whole(page) for page in RUN], ids=_name)
def test_what_a_page_says_to_type_works(page: Path, tmp_path: Path) -> None:
    assert played(page, tmp_path) == page.read_text()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_for_the_lab_exist(page: Path) -> None:
    for kind, text in blocks(page):
        if kind == "sh lab":
            for program in re.findall(r"(?:^|\s)((?:script|\.venv/bin)/[\w-]+)", text):
                assert (ROOT / program).is_file(), program


def test_smallest_spec_is_valid(tmp_path: Path) -> None:
    (spec,) = [text for kind, text in blocks(ROOT / "README.md") if kind == "yaml"]
    (tmp_path / "mail.yml").write_text(spec)
    assert load(tmp_path, complete=False).postmaster == "alice"
    assert len([line for line in spec.splitlines() if line]) <= 14
