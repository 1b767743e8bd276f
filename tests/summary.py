"""Add up the results of several pytest runs, and end as pytest does: `python -m tests.summary FILE...`."""

import sys
from pathlib import Path
from xml.etree import ElementTree

WORDS = {"failures": "failed", "errors": "errors", "skipped": "skipped"}


def summary(reports: list[str]) -> str:
    """What failed and the last line of pytest, for all runs together; each report is JUnit XML."""
    counts = dict.fromkeys(("tests", *WORDS, "time"), 0.0)
    told = []
    for report in reports:
        for suite in ElementTree.fromstring(report).iter("testsuite"):  # noqa: S314 - our own pytest wrote it
            for name in counts:
                counts[name] += float(suite.get(name, "0"))
            told += [_told(suite, case, trouble) for case in suite.iter("testcase") for trouble in _troubles(case)]
    passed = counts["tests"] - sum(counts[name] for name in WORDS)
    found = {"failed": counts["failures"], "passed": passed, "skipped": counts["skipped"], "errors": counts["errors"]}
    words = ", ".join(f"{int(count)} {word}" for word, count in found.items() if count or word == "passed")
    return "\n".join([*told, f" {words} in {counts['time']:.2f}s ".center(80, "=")])


def _troubles(case: ElementTree.Element) -> list[ElementTree.Element]:
    return [*case.iter("failure"), *case.iter("error")]


def _told(suite: ElementTree.Element, case: ElementTree.Element, trouble: ElementTree.Element) -> str:
    """A failed test with everything pytest said, so that a log cut to its end still tells."""
    title = f"{case.get('classname')}.{case.get('name')} ({suite.get('timestamp')})"
    return f"{f' {title} '.center(80, '_')}\n{trouble.text or trouble.get('message') or ''}"


if __name__ == "__main__":
    print(summary([Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]))
