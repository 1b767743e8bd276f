"""Findings of a server as problems of the project: the template and line, and the line of the spec behind it."""

import re
from pathlib import Path
from typing import Any

from mailspec import local
from mailspec.ansible import controller, folder
from mailspec.load import Source
from mailspec.model.domain import MailDomain
from mailspec.problem import Place, Problem, SpecError
from mailspec.render import template_line
from mailspec.tree import Tree

_VALUE = re.compile(r"\bspec((?:\.[a-z_]+)+)")
_UNTOUCHED = "what runs on the server is untouched"
_HINT = f"mend the template; {_UNTOUCHED}"


def explained(findings: list[dict[str, Any]], what: str, server: str, path: str) -> str:
    """The message of a task that stopped: every finding with its template and line."""
    text = placed(findings, what, server, path)
    return f"{what} on {server} keeps its configuration; nothing is changed\n\n{text}"


def placed(findings: list[dict[str, Any]], what: str, server: str, path: str) -> SpecError:
    """Every finding with its template and line."""
    source, spec, tree = folder.source(path), folder.spec(path), controller.tree(server)
    templates = Path(controller.kept(f"{server}.templates"))
    return SpecError([_problem(finding, what, tree, spec, source, templates) for finding in findings])


def _problem(
    finding: dict[str, Any], what: str, tree: Tree, spec: MailDomain, source: Source, templates: Path
) -> Problem:
    file = tree.files.get(finding["path"])
    if not file:
        return Problem(Place(what), "check", finding["text"], _UNTOUCHED)
    fact = f"{file.path}:{finding['line'] or 1}: {finding['text']}"
    if finding["line"] and (place := local.place(source, spec, file, finding["line"])):
        what = "script" if file.path.endswith(".sieve") else "fragment"
        return Problem(place, "check", fact, f"mend the {what}; {_UNTOUCHED}")
    line = template_line(spec, tree.server, file, finding["line"], templates) if finding["line"] else 1
    text = (templates / file.template).read_text(encoding="utf-8").split("\n")
    named = [f"`{path}` at {place}" for path, place in _values(text[line - 1], spec, source)]
    hint = f"{_HINT}; its value comes from {', '.join(named)}" if named else _HINT
    return Problem(Place(f"templates/{file.template}", line), "check", fact, hint)


def _values(line: str, spec: MailDomain, source: Source) -> list[tuple[str, Place]]:
    """The values of the spec that a line of a template uses, and where they stand."""
    found = []
    for match in _VALUE.finditer(line):
        path: list[str] = []
        value: Any = spec
        for name in match[1].split(".")[1:]:
            fields = getattr(type(value), "model_fields", {})
            if name not in fields:
                break
            path.append(fields[name].alias or name)
            value = getattr(value, name)
        if path:
            found.append((".".join(path), source.place(tuple(path))))
    return found
