"""Annotations of GitHub Actions: one workflow command a finding, which shows at the line it is about.

The runner reads a line as `::level key=value,key=value::message`, so `%` and line breaks are escaped everywhere,
`:` and `,` in the values before the message.
"""

from ..finding import Finding, Level, Report

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_VALUE = _MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def show(report: Report) -> str:
    """One line for each finding, nothing for what is silenced."""
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    place = finding.place
    values = {"file": place.file, "line": place.line or 1, "col": place.column or 1, "title": finding.rule}
    properties = ",".join(f"{key}={str(value).translate(_VALUE)}" for key, value in values.items())
    message = f"{finding.fact}\nhint: {finding.hint}".translate(_MESSAGE)
    return f"::{_COMMANDS[finding.level]} {properties}::{message}"
