"""The pages of the documentation, and what their commands print: `python -m tests.pages` writes that into them again.

A block marked `sh run` is run here, all of a page in one folder. `sh lab` needs a server or containers: script/demo and
the Molecule scenarios run those commands. The block `text output` is what the block above it prints.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
RUN = [page for page in PAGES if "```sh run\n" in page.read_text(encoding="utf-8")]
_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    """The kind and the text of each block."""
    return [(match["kind"], match["text"]) for match in _BLOCK.finditer(page.read_text(encoding="utf-8"))]


def played(page: Path, folder: Path) -> str:
    """The text of a page with what its commands print today, run in an empty folder."""
    _checkout(folder)
    printed = ""

    def block(match: re.Match[str]) -> str:
        nonlocal printed
        if match["kind"] == "sh run":
            printed = _printed(match["text"], folder)
        return f"```{match['kind']}\n{printed}```" if match["kind"] == "text output" else match[0]

    return _BLOCK.sub(block, page.read_text(encoding="utf-8"))


def _checkout(folder: Path) -> None:
    """Make the folder look like a fresh checkout, without copying it."""
    for entry in ROOT.iterdir():
        if entry.name not in {".git", "build", "inventories"}:
            (folder / entry.name).symlink_to(entry)
    (folder / "inventories/demo").mkdir(parents=True)
    shutil.copy(ROOT / "inventories/demo/mail.yml", folder / "inventories/demo")


def _printed(commands: str, folder: Path) -> str:
    done = subprocess.run(
        ["sh", "-eu", "-c", commands],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
    return done.stdout


def main() -> None:
    """Write each page whose commands print something else now."""
    for page in RUN:
        with tempfile.TemporaryDirectory() as folder:
            text = played(page, Path(folder))
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
