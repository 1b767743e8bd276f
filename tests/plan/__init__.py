"""Plan cases: an edit, and what a reviewer is told; a folder here is a case.

`change.patch` is an edit of `base/`; a case that needs another beginning has `before/` and `after/`.
`python -m tests.plan` writes every `expected.txt` again: read the difference before it is committed.
"""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from mailspec.load import load
from mailspec.model.domain import MailDomain
from mailspec.plan.compare import Side, compare
from mailspec.plan.statement import Plan

FOLDER = Path(__file__).parent
BASE = FOLDER / "base"


def cases() -> list[str]:
    """The names of the cases."""
    return sorted(
        path.name for path in FOLDER.iterdir() if (path / "change.patch").exists() or (path / "after").exists()
    )


def folders(case: str, work: Path) -> tuple[Path, Path]:
    """The specs before and after the edit of a case; `work` is an empty folder for the patched one."""
    folder = FOLDER / case
    if (folder / "after").exists():
        return folder / "before", folder / "after"
    shutil.copytree(BASE, work / "spec")
    patch = str(folder / "change.patch")
    subprocess.run(["git", "apply", "--whitespace=nowarn", patch], cwd=work / "spec", check=True)
    return BASE, work / "spec"


@cache
def spec(folder: Path) -> MailDomain:
    """A spec of a case; one without keys will do."""
    return load(folder, complete=False)


def planned(case: str, work: Path) -> Plan:
    """The plan of a case."""
    before, after = folders(case, work)
    return compare(Side(spec(before)), Side(load(after, complete=False)))


def told(plan: Plan) -> str:
    """What a case expects: sign, risk, key and sentence of each statement, below it the reason."""
    lines = []
    for statement in plan.statements:
        lines.append(f"{statement.sign} {statement.risk.word:6} {statement.text} [{statement.key}]")
        lines += [f"    {statement.reason}"] if statement.reason else []
    return "".join(f"{line}\n" for line in lines) or "nothing changes\n"
