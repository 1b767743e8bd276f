"""Each case is a folder: commands that edit a spec, and what they print; `python -m tests.edit.cases` writes that."""

import contextlib
import io
import os
import shlex
import shutil
import tempfile
from pathlib import Path
from unittest import mock

from mailspec import cli
from mailspec.vault import Vault

FOLDER = Path(__file__).parent / "cases"
BASE = Path(__file__).parent / "base"
TYPED = "correct horse battery"
HASH = "{ARGON2ID}$argon2id$v=19$m=19456,t=2,p=1$" + "c2FsdHNhbHRzYWx0c2E" + "$" + "A" * 43


def names() -> list[str]:
    """Every case."""
    return sorted(path.name for path in FOLDER.iterdir())


def prepare(case: str, here: Path) -> None:
    """Put the spec of a case into a folder, with a vault."""
    own = FOLDER / case / "spec"
    shutil.copytree(own if own.exists() else BASE, here, dirs_exist_ok=True)
    for table in (FOLDER / case).glob("*.csv"):
        shutil.copy(table, here)
    vault = Vault.create(here)
    for name in ("alice", "bob", "erin"):
        vault.set(name, HASH)
    vault.set("tls/mx1.example.org", "a key")
    vault.set("srs", "a key")
    vault.save()


def printed(case: str, here: Path) -> str:
    """What the commands of a case print in the folder of its spec, and how they end."""
    lines = []
    for command in (FOLDER / case / "command").read_text(encoding="utf-8").splitlines():
        out, err = io.StringIO(), io.StringIO()
        typed = "short" if "too-short" in case else TYPED
        stdin = mock.patch("sys.stdin", io.StringIO(f"{typed}\n"))
        made = mock.patch("mailspec.password.secrets.choice", return_value="x")
        with contextlib.chdir(here), stdin, made, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(shlex.split(command))
        lines.append(f"$ mailspec {command}\n{out.getvalue()}{err.getvalue()}exit code {code}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    os.environ.pop("ANSIBLE_VAULT_PASSWORD_FILE", None)
    for name in names():
        with tempfile.TemporaryDirectory() as folder:
            prepare(name, Path(folder))
            (FOLDER / name / "expected.txt").write_text(printed(name, Path(folder)), encoding="utf-8")
