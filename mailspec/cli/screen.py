"""What the commands write: problems and notes to stderr, tables to stdout, colour only where it is wanted."""

import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from ..problem import SpecError
from ..shown import shown

if TYPE_CHECKING:
    from ..explain.show import Branch

_HEAD = re.compile(r"^(.*: )(error|warning|info)(\[[a-z0-9-]+\])", re.MULTILINE)
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def say(text: str) -> None:
    """A note for people."""
    click.echo(text, err=True, color=_colour())


def problems(error: SpecError) -> None:
    """Every problem, then the count."""
    text = str(error)
    say(_coloured(text) if _colour() is None and sys.stderr.isatty() else text)


def findings(text: str) -> None:
    """The findings of lint for people, on stdout."""
    click.echo(_coloured(text) if _colour() is None and sys.stdout.isatty() else text, nl=False, color=_colour())


def from_system(error: OSError) -> SpecError:
    """A file that can not be written, a full disk: the user's to mend."""
    reason = (error.strerror or str(error)).lower()
    return SpecError.at(
        shown(error.filename or "mailspec", 4096), "system", reason, "mend it and run the command again"
    )


def bug(error: Exception) -> None:
    """Our own mistake, without what the data might hold."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    say(f"mailspec: a bug: {type(error).__name__} in {os.path.basename(frame.filename)}:{frame.lineno}\n")  # noqa: PTH119
    say("hint: run it again with MAILSPEC_DEBUG=1 and report what it prints as an issue, without secrets")


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A table on stdout; in a pipe its lines are as long as they need to be."""
    from rich.console import Console
    from rich.table import Table

    grid = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        grid.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 1000, markup=False, highlight=False).print(grid)


def wants_colour() -> bool:
    """Whether stdout is a terminal whose user has nothing against colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _colour() -> bool | None:
    """None lets click decide by the terminal."""
    return False if os.environ.get("NO_COLOR") else None


def _coloured(text: str) -> str:
    text = _HEAD.sub(lambda m: click.style(m[1], bold=True) + click.style(m[2] + m[3], fg=_COLOURS[m[2]]), text)
    return re.sub("^hint:", click.style("hint:", fg="cyan"), text, flags=re.MULTILINE)


def tree(root: "Branch") -> None:
    """A tree on stdout: with colour and folded lines on a terminal, each line whole elsewhere."""
    if sys.stdout.isatty():
        _rich_tree(root)
    else:
        encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
        click.echo("\n".join(_lines(root, ascii_only=not encoding.startswith("utf"))))


def _lines(root: "Branch", *, ascii_only: bool) -> Iterator[str]:
    down, last, more, none = ("+-- ", "`-- ", "|   ", "    ") if ascii_only else ("├── ", "└── ", "│   ", "    ")
    todo = [(root, "", "")]
    while todo:
        branch, before, after = todo.pop()
        yield f"{before}{branch.text} ({branch.where})" if branch.where else before + branch.text
        for index, below in enumerate(reversed(branch.below)):
            todo.append((below, after + (down if index else last), after + (more if index else none)))


def _rich_tree(root: "Branch") -> None:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    def label(branch: "Branch") -> Text:
        text = Text(branch.text)
        if branch is root:
            text.stylize("bold")
        return text.append(f" ({branch.where})", "dim") if branch.where else text

    top = Tree(label(root))
    todo = [(top, branch) for branch in reversed(root.below)]
    while todo:
        above, branch = todo.pop()
        here = above.add(label(branch))
        todo += [(here, below) for below in reversed(branch.below)]
    Console(markup=False, highlight=False).print(top)
