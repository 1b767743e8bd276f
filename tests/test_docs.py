"""The documentation is true: what it says to type works, and what it shows is what one gets.

A block marked `sh run` is run here, all of a page in one folder. `sh lab` needs a server or containers: script/demo and
the Molecule scenarios run those commands. The block `text output` is what the block above it prints.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mailspec.load import load
from tests.examples import whole

ROOT = Path(__file__).parent.parent
FIRST = {"README.md"}
"""What newcomers type; the other pages are tried in the whole proof."""
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = [page for page in PAGES if "```sh run\n" in page.read_text()]
_KINDS = {"sh run", "sh lab", "text", "text output", "yaml", "yaml part"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _blocks(page: Path) -> list[tuple[str, str]]:
    return [(match["kind"], match["text"]) for match in _BLOCK.finditer(page.read_text())]


def _checkout(folder: Path) -> None:
    """Make the folder look like a fresh checkout, without copying it."""
    for entry in ROOT.iterdir():
        if entry.name not in {".git", "build", "inventories"}:
            (folder / entry.name).symlink_to(entry)
    (folder / "inventories/demo").mkdir(parents=True)
    shutil.copy(ROOT / "inventories/demo/mail.yml", folder / "inventories/demo")


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert {kind for kind, _ in _blocks(page)} <= _KINDS


@pytest.mark.parametrize("page", [page if page.name in FIRST else whole(page) for page in RUN], ids=_name)
def test_what_a_page_says_to_type_works(page: Path, tmp_path: Path) -> None:
    _checkout(tmp_path)
    printed = ""
    for kind, text in _blocks(page):
        if kind == "sh run":
            done = subprocess.run(
                ["sh", "-eu", "-c", text],
                cwd=tmp_path,
                env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
            printed = done.stdout
        elif kind == "text output":
            assert printed == text


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_for_the_lab_exist(page: Path) -> None:
    for kind, text in _blocks(page):
        if kind == "sh lab":
            for program in re.findall(r"(?:^|\s)((?:script|\.venv/bin)/[\w-]+)", text):
                assert (ROOT / program).is_file(), program


def test_smallest_spec_is_valid(tmp_path: Path) -> None:
    (spec,) = [text for kind, text in _blocks(ROOT / "README.md") if kind == "yaml"]
    (tmp_path / "mail.yml").write_text(spec)
    assert load(tmp_path, complete=False).postmaster == "alice"
    assert len([line for line in spec.splitlines() if line]) <= 14
