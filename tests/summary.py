"""Add up the results of several pytest runs, and end as pytest does: `python -m tests.summary FILE...`."""

import sys
from pathlib import Path
from xml.etree import ElementTree

WORDS = {"failures": "failed", "errors": "errors", "skipped": "skipped"}


def summary(reports: list[str]) -> str:
    """The last line of pytest for all runs together; each report is JUnit XML."""
    counts = dict.fromkeys(("tests", *WORDS, "time"), 0.0)
    for report in reports:
        for suite in ElementTree.fromstring(report).iter("testsuite"):  # noqa: S314 - our own pytest wrote it
            for name in counts:
                counts[name] += float(suite.get(name, "0"))
    passed = counts["tests"] - sum(counts[name] for name in WORDS)
    found = {"failed": counts["failures"], "passed": passed, "skipped": counts["skipped"], "errors": counts["errors"]}
    words = ", ".join(f"{int(count)} {word}" for word, count in found.items() if count or word == "passed")
    return f" {words} in {counts['time']:.2f}s ".center(80, "=")


if __name__ == "__main__":
    print(summary([Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]))
