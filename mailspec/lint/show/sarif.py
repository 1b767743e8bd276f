"""SARIF 2.1.0, the format that code-scanning services read (OASIS, 2020)."""

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ... import __version__
from ..finding import Finding, Level, Report
from ..registry import rules

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def show(report: Report) -> str:
    """The report as one SARIF log; what the spec silences is in it, marked as suppressed."""
    found = [*report.findings, *(finding for finding, _ in report.silenced)]
    described = sorted({*rules(), *(finding.rule for finding in found)})
    results = [_result(finding, described) for finding in report.findings]
    for finding, reason in report.silenced:
        suppressed = {"suppressions": [{"kind": "inSource", "justification": reason}]}
        results.append(_result(finding, described) | suppressed)
    driver = {"name": "mailspec", "version": __version__, "rules": [_rule(id_) for id_ in described]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(id_: str) -> dict[str, Any]:
    rule = rules().get(id_)
    if rule is None:  # what `validate` reports
        return {"id": id_, "defaultConfiguration": {"level": "error"}}
    return {
        "id": id_,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.text(), "markdown": rule.text()},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(finding: Finding, described: list[str]) -> dict[str, Any]:
    place = finding.place
    region = {"startLine": place.line or 1, **({"startColumn": place.column} if place.column else {})}
    location = {"artifactLocation": {"uri": _uri(place.file)}, "region": region}
    return {
        "ruleId": finding.rule,
        "ruleIndex": described.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": {"text": f"{finding.fact}; {finding.hint}"},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"key/v1": finding.key},
    }


def _uri(file: str) -> str:
    """The file as a reference relative to where the command ran, or absolute when its name is."""
    path = quote(PurePath(file).as_posix())
    return f"file://{path}" if path.startswith("/") else path
