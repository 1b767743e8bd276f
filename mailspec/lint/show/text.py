"""Text for people: each finding with its place, id, fact and hint, then the count."""

from ..finding import Report


def show(report: Report) -> str:
    """The report as one reads it in a terminal."""
    if not report.findings:
        return f"{report.spec}: {report.count()}\n"
    return "\n".join(str(finding) for finding in report.findings) + f"\n{report.count()}\n"
