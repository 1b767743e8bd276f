"""Run a command and read what it says."""

import re
import subprocess
from collections.abc import Sequence

TROUBLE = re.compile(r"\b(warning|error|fatal|panic|emerg|crit|unknown|cannot|failed)\b", re.IGNORECASE)


class CommandError(Exception):
    """A command that had to succeed did not."""


def run(argv: Sequence[str], timeout: int = 60) -> tuple[int, str]:
    """The exit code and everything the command printed."""
    try:
        done = subprocess.run(
            argv,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        return 127, f"{argv[0]}: command not found"
    except subprocess.TimeoutExpired:
        return 124, f"{argv[0]}: no answer within {timeout} s"
    return done.returncode, done.stdout.decode(errors="replace").strip()


def must(argv: Sequence[str], timeout: int = 60) -> str:
    """What the command printed; raises CommandError unless it succeeds."""
    code, text = run(argv, timeout)
    if code:
        raise CommandError(f"`{' '.join(argv)}` ended with {code}: {text}")
    return text
