"""JSON for programs; docs/concept/lint.md describes it."""

import json
from typing import Any

from ..finding import Finding, Level, Report


def show(report: Report) -> str:
    """The report as one JSON object."""
    counts = {level.word: sum(f.level is level for f in report.findings) for level in sorted(Level, reverse=True)}
    data = {
        "version": 1,
        "spec": report.spec,
        "findings": [_plain(finding) for finding in report.findings],
        "silenced": [{**_plain(finding), "reason": reason} for finding, reason in report.silenced],
        "counts": {**counts, "silenced": len(report.silenced)},
    }
    return json.dumps(data, indent=2) + "\n"


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level.word,
        "subject": finding.subject,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "fact": finding.fact,
        "hint": finding.hint,
    }
