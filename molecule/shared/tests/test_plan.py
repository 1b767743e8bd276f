"""What the plan shows is what an apply changes: the same files, lines and rows, for edits drawn at random."""

import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from mailspec.cases.playbook import PROJECT, converge, environment, folder
from mailspec.cases.twin import Dumper
from mailspec.load import load
from mailspec.model.secret import Secret
from mailspec.reader.parse import Reader
from mailspec.rows import TABLES

SPEC = load(folder())
SERVER = min(SPEC.servers)
POSTMASTER = SPEC.address(SPEC.postmaster)
DOMAIN = POSTMASTER.partition("@")[2]
SEEDS = (1, 2)
EDITS_AT_ONCE = 5


def edits(chance: random.Random) -> list[tuple[Any, ...]]:
    """Paths into the spec, each with its new value at the end."""
    size, score = chance.randint(20, 80), chance.randint(8, 30)
    address = f"zz{chance.randint(0, 99)}"
    password = {"hash": Secret(SPEC.mailboxes[POSTMASTER].entry)}
    return [
        (
            "accounts",
            f"{address}@{DOMAIN}",
            {"name": "New", "password": password, "aliases": [f"{address}.new@{DOMAIN}"]},
        ),
        ("accounts", SPEC.postmaster, "quota", size * 1024**3),
        ("accounts", SPEC.postmaster, "name", f"Name {size}"),
        ("domains", DOMAIN, "catch_all", SPEC.postmaster),
        ("limits", "message_size", size * 1024**2),
        ("limits", "recipients", 100 + size),
        (
            "lists",
            f"{address}-list@{DOMAIN}",
            {"members": [SPEC.postmaster, f"x{size}@example.edu"], "post": "members"},
        ),
        ("local", "postfix", f"# {size}"),
        ("spam", "deny", [f"spam{size}.example"]),
        ("spam", "reject", score),
    ]


def edited(target: Path, seed: int) -> Path:
    """A copy of the spec with some edits."""
    made, chance = Path(shutil.copytree(folder(), target)), random.Random(seed)  # noqa: S311 - a choice of tests
    data: Any = Reader((made / "mail.yml").read_text(), "mail.yml").data
    for *path, key, value in chance.sample(edits(chance), EDITS_AT_ONCE):
        part = data
        for name in path:
            part = part.setdefault(name, {})
        part[key] = value
    (made / "mail.yml").write_text(yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False))
    return made


def mailspec(*arguments: str) -> str:
    argv = [str(PROJECT / ".venv/bin/mailspec"), *arguments]
    done = subprocess.run(argv, env=environment(), text=True, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(diff: str) -> list[str]:
    """What a unified diff adds and takes away."""
    return [line for line in diff.splitlines() if re.match(r"[+-](?!\+\+ |-- )", line)]


def path(diff: str) -> str:
    """The file that a unified diff is about."""
    names: list[str] = re.findall(r"^[+-]{3} (\S+)", diff, re.MULTILINE)
    return max(names, key=lambda name: name != "/dev/null")


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """The spec and some edits of it; the server goes back to the spec afterwards."""
    yield [folder(), *(edited(tmp_path_factory.mktemp("spec") / "spec", seed) for seed in SEEDS)]
    converge()


def test_plan_shows_the_files_lines_and_rows_that_an_apply_changes(versions: list[Path]) -> None:
    converge()
    for before, after in pairwise(versions):
        plan = json.loads(mailspec("plan", str(after), "--base", str(before), "--format", "json"))
        planned = {change["path"]: lines(change["diff"]) for change in plan["files"]}
        converge(spec=after)
        current, last = json.loads(mailspec("generations", str(after), "--json"))[SERVER][:2]
        pair = ("--diff", str(last["id"]), str(current["id"]))
        found = json.loads(mailspec("generations", str(after), "--json", *pair))[SERVER]
        files = {path(diff): lines(diff) for diff in found["files"]}
        assert {name: told for name, told in planned.items() if not name.startswith("rows/")} == files
        for table in TABLES:
            signs = [line[0] for line in planned.get(f"rows/{table}", [])]
            added, changed, removed = found["rows"].get(table, (0, 0, 0))
            assert (signs.count("+"), signs.count("-")) == (added + changed, removed + changed), table
