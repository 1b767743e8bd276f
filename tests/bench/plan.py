"""The plan of one changed line among 1,000 accounts: the whole process, with the start of Python."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.specs import ED25519, RSA, chain

from .figure import Figure, alternate, processor

PROJECT = Path(__file__).parent.parent.parent
LIMIT = 1.5
"""The seconds it may take on two cores that have nothing else to do."""
SHORT = True
SERVER = "mx1.example.org"


def spec(folder: Path, accounts: int, changed: bool) -> Path:
    """A spec with many accounts, a list for each twenty of them; one account has another quota when it is changed."""
    lines = ["mailspec: 1", "postmaster: u0", "domains: {example.org: {}}"]
    lines += [f"servers: {{{SERVER}: {{addresses: [198.51.100.25]}}}}", "accounts:"]
    for number in range(accounts):
        quota = "2G" if changed and number == accounts // 2 else "1G"
        about = f"password: {{hash: !secret u{number}}}, quota: {quota}, aliases: [first.last{number}]"
        lines.append(f"  u{number}: {{name: User {number}, {about}}}")
    lines.append("lists:")
    for number in range(0, accounts, 20):
        members = ", ".join(f"u{member}" for member in range(number, min(number + 20, accounts)))
        lines.append(f"  list{number}: {{members: [{members}]}}")
    lines += ["dkim:", "  example.org:"]
    for selector, public in (("ed25519", ED25519), ("rsa", RSA)):
        lines.append(f"    {selector}: {{algorithm: {selector}, public: {public}, private: !secret dkim/{selector}}}")
    (folder / "tls").mkdir(parents=True)
    (folder / "mail.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / f"tls/{SERVER}.pem").write_text(chain(SERVER), encoding="utf-8")
    return folder


def run(before: Path, after: Path) -> tuple[float, float]:
    """The seconds of one plan: by the clock, and of the processor."""
    argv = [str(PROJECT / ".venv/bin/mailspec"), "plan", str(after), "--base", str(before)]
    used, started = processor(), time.monotonic()
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    wall = time.monotonic() - started
    if "1 to change" not in done.stdout:
        sys.exit(f"this is not the plan of one change:\n{done.stdout}")
    return wall, processor() - used


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Measure with 1,000 accounts, or as many as are asked for."""
    accounts = int(arguments[0]) if arguments else 1000
    used: list[float] = []

    def once() -> float:
        wall, processor = run(before, after)
        used.append(processor)
        return wall

    with tempfile.TemporaryDirectory() as work:
        before, after = spec(Path(work) / "before", accounts, False), spec(Path(work) / "after", accounts, True)
        seconds = alternate({"plan": once})["plan"]
    limit = LIMIT if accounts == 1000 else None
    sides = f"{statistics.median(used):.2f} s of a processor"
    yield Figure(f"plan of one changed line, {accounts:,} accounts", round(seconds, 2), limit, "s", sides)
