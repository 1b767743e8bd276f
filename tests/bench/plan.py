"""The plan of one changed line among 1,000 accounts, the whole process with the start of Python."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from tests.specs import ED25519, RSA, chain

PROJECT = Path(__file__).parent.parent.parent
LIMIT = 1.5
"""The seconds it may take on two cores that have nothing else to do."""
ROUNDS = 5
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
    used, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    wall, now = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if "1 to change" not in done.stdout:
        sys.exit(f"this is not the plan of one change:\n{done.stdout}")
    return wall, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def main() -> None:
    """Measure and print."""
    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as work:
        before, after = spec(Path(work) / "before", accounts, False), spec(Path(work) / "after", accounts, True)
        rounds = [run(before, after) for _ in range(ROUNDS)]
    wall, used = (statistics.median(values) for values in zip(*rounds, strict=True))
    text = f"plan of one changed line, {accounts} accounts: {wall:.2f} s, {used:.2f} s of a processor"
    verdict = f"under {LIMIT} s: {'yes' if wall < LIMIT else 'no'}, " if accounts == 1000 else ""
    Console(width=200).print(f"{text}; {verdict}load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
