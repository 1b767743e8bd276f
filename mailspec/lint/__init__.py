"""Lint: what a spec may say, but probably should not. One module a rule, each with its page."""

from .finding import Advice, Finding, Level, Report
from .judge import judge, report
from .registry import Rule, rules
from .view import View

__all__ = ["Advice", "Finding", "Level", "Report", "Rule", "View", "judge", "report", "rules"]
