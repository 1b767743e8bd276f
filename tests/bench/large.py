"""Time what mailspec makes of 100,000 accounts against a mere parse by PyYAML's C loader, and how fast it refuses."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.specs import ED25519, RSA, chain

from .figure import Figure

SHORT = False
ACCOUNTS = 100_000
FILES = 1000
ROUNDS = 3
SERVER = "mx1.example.org"

PARSE = """
import sys, yaml
class Loader(yaml.CSafeLoader): pass
Loader.add_constructor("!secret", lambda loader, node: node.value)
with open(sys.argv[1] + "/mail.yml", encoding="utf-8") as file:
    text = file.read()
start = time.perf_counter()
yaml.load(text, Loader)
"""
RENDER = """
import sys
from pathlib import Path
from mailspec.lint import judge
from mailspec.load import load
from mailspec.render import render
start = time.perf_counter()
spec = load(Path(sys.argv[1]))
judge(spec)
tree = render(spec, "mx1.example.org")
assert len(tree.rows["account"]) == 100_000
"""
AROUND = (
    "import resource, time",
    "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)",
)

HEAD = f"""\
mailspec: 1
postmaster: person000000
domains:
  example.org: {{}}
servers:
  {SERVER}: {{addresses: [198.51.100.25, "2001:db8:1::25"]}}
tls: {{source: files}}
dkim:
  example.org:
    rsa1: {{algorithm: rsa, private: !secret dkim/rsa1, public: {RSA}}}
    ed1: {{algorithm: ed25519, private: !secret dkim/ed1, public: {ED25519}}}
"""


def account(number: int, more: str = "") -> str:
    """One entry of a split file."""
    name = f"person{number:06}"
    return f"""\
{name}:
  name: Person Number {number:06} of Example Org
  password:
    owner: user
    hash: !secret account/{name}
  quota: 10G
  receive: true
  aliases:
  - first.last{number:06}
  - office.first.last{number:06}
  - {name}.sales@example.org
{more}"""


def entries(more: str = "") -> str:
    """All accounts as they stand in mail.yml."""
    lines = "".join(account(number, more) for number in range(ACCOUNTS)).splitlines(keepends=True)
    return f"{HEAD}accounts:\n" + "".join(f"  {line}" for line in lines)


HOSTILE: dict[str, Callable[[], str]] = {
    "1,200,000 unknown keys": lambda: "".join(f"key{number}: v\n" for number in range(1_200_000)),
    "10,000,000 keys of one letter": lambda: "a:\n" * 10_000_000,
    "30 MB of brackets": lambda: "[" * 30_000_000,
    "30 MB of dashes": lambda: "- " * 15_000_000,
    "30 MB in one quote": lambda: f'mailspec: "{"a" * 30_000_000}"',
    "an unknown key in each account": lambda: entries("  colour: red\n"),
    "a wrong value in each account": lambda: entries().replace("receive: true", "receive: perhaps"),
    "the same account 100,000 times": lambda: "accounts:\n" + "  alice:\n    name: Alice\n" * ACCOUNTS,
    "100,000 accounts, then a syntax error": lambda: entries() + "  zoe\n",
    "100,000 accounts, then an anchor": lambda: entries() + "  zoe: &a {}\n",
    "100,000 accounts, then an unknown key": lambda: entries() + "    colour: red\n",
}


def run(program: str, folder: Path) -> tuple[float, int]:
    """The seconds a program says it took, and its memory in MB."""
    code = f"{AROUND[0]}\n{program}\n{AROUND[1]}"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


def refuse(folder: Path) -> tuple[float, int, str]:
    """The seconds and the memory of `mailspec validate` from start to end, and the first line it says."""
    started = time.perf_counter()
    argv = [sys.executable, "-m", "mailspec", "validate", "mail.yml"]
    with subprocess.Popen(argv, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.read() if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 1:
        sys.exit(f"mailspec validate ended with {process.returncode}\n{said}")
    return time.perf_counter() - started, used.ru_maxrss // 1024, said.partition("\n")[0]


def large(console: Console) -> dict[str, float]:
    """Measure both sides in turn, print them with the ratio, and return the figures."""
    with tempfile.TemporaryDirectory() as name:
        one, several, bad = (Path(name) / part for part in ("one", "several", "bad"))
        for folder in (one, several):
            (folder / "tls").mkdir(parents=True)
            (folder / f"tls/{SERVER}.pem").write_text(chain(SERVER), encoding="utf-8")
        (one / "mail.yml").write_text(entries(), encoding="utf-8")
        (several / "mail.yml").write_text(HEAD, encoding="utf-8")
        (several / "accounts").mkdir()
        for number in range(FILES):
            part = range(number * ACCOUNTS // FILES, (number + 1) * ACCOUNTS // FILES)
            text = "".join(account(person) for person in part)
            (several / f"accounts/part{number:04}.yml").write_text(text, encoding="utf-8")
        size = (one / "mail.yml").stat().st_size / 1e6
        sides = {"parse by yaml.CSafeLoader": (PARSE, one), "validate, lint and render": (RENDER, one)}
        sides[f"validate, lint and render, {FILES} files"] = (RENDER, several)
        seconds: dict[str, list[float]] = {side: [] for side in sides}
        memory = dict.fromkeys(sides, 0)
        for number in range(1, ROUNDS + 1):
            for side, (program, folder) in sides.items():
                took, used = run(program, folder)
                seconds[side].append(took)
                memory[side] = max(memory[side], used)
            console.print(f"round {number} of {ROUNDS}: " + ", ".join(f"{took[-1]:.2f} s" for took in seconds.values()))
        medians = {side: statistics.median(took) for side, took in seconds.items()}
        first = next(iter(medians.values()))
        table = Table("what", "seconds", "MB", "ratio", title=f"{ACCOUNTS:,} accounts, {size:.0f} MB (medians)")
        for side, median in medians.items():
            table.add_row(side, f"{median:.2f}", str(memory[side]), f"{median / first:.2f}")
        console.print(table)
        bad.mkdir()
        table = Table("what", "seconds", "MB", "first line", title="Refused by mailspec validate, from start to end")
        for kind, make in HOSTILE.items():
            (bad / "mail.yml").write_text(make(), encoding="utf-8")
            took, used, said = refuse(bad)
            table.add_row(kind, f"{took:.2f}", str(used), escape(said))
        console.print(table)
    return {f"{side}, {ACCOUNTS} accounts": round(median, 2) for side, median in medians.items()}


def measure(_: list[str]) -> Iterator[Figure]:
    """Measure; the tables with the memory and with what is refused are printed on the way."""
    (parse, base), *sides = large(Console()).items()
    for side, seconds in sides:
        yield Figure(side, round(seconds / base, 2), 0.3, sides=f"{seconds:.2f} s, {parse} {base:.2f} s")
