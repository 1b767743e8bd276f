"""What a service says against a file becomes a problem with its places: template, line, and the line of the spec."""

import re
from pathlib import Path
from typing import Any

from ..load import Source
from ..model.domain import MailDomain
from ..problem import Place, Problem, SpecError
from ..render import template_line
from ..tree import Tree

_NAMED = re.compile(r"\bspec((?:\.[a-z]\w*)+)")


def problems(findings: list[dict[str, Any]], tree: Tree, folder: Path, templates: Path) -> SpecError:
    """The findings of a server, as errors."""
    source = Source(folder)
    spec = source.spec(complete=False)
    return SpecError([_problem(finding, tree, source, spec, templates) for finding in findings])


def _problem(finding: dict[str, Any], tree: Tree, source: Source, spec: MailDomain, templates: Path) -> Problem:
    file = tree.files.get(finding["path"])
    hint = "mend the template; what runs on the server is untouched"
    if not file:
        return Problem(Place(finding.get("service") or tree.server), "check", finding["text"], hint)
    fact = f"{file.path}:{finding['line'] or 1}: {finding['text']}"
    if not finding["line"]:
        return Problem(Place(f"templates/{file.template}", 1), "check", fact, hint)
    line = template_line(spec, tree.server, file, finding["line"], templates)
    text = (templates / file.template).read_text(encoding="utf-8").split("\n")[line - 1]
    if place := _spec_place(text, source, spec):
        hint = f"it comes from {place}; {hint}"
    return Problem(Place(f"templates/{file.template}", line), "check", fact, hint)


def _spec_place(line: str, source: Source, spec: MailDomain) -> Place | None:
    """Where the spec says what a line of a template shows, if it names a part that is written there."""
    for match in _NAMED.finditer(line):
        value: Any = spec
        path: list[str | int] = []
        for name in match[1].lstrip(".").split("."):
            field = type(value).model_fields.get(name) if hasattr(type(value), "model_fields") else None
            if not field:
                break
            path.append(field.alias or name)
            value = getattr(value, name)
        asked = tuple(path)
        if asked and asked[0] in source.data:  # a default stands nowhere
            return source.place(asked)
    return None
