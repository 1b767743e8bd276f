"""Model and templates become the tree of a server; the only module that imports Jinja.

Rendering is strict and pure: an undefined name is an error, and the same spec gives the same bytes anywhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any
from zlib import crc32

import jinja2
from jinja2.bccache import Bucket

from . import garbage
from .host import Host
from .model.domain import MailDomain
from .model.secret import Secret
from .problem import KeyPath, Place, Problem, SpecError
from .rows import rows
from .tree import File, Part, Tree

TEMPLATES = Path(__file__).parent.parent / "templates"

_HEADER = re.compile(r"\{# (?P<fields>.*?) #\}\n")
_FIELD = re.compile(r"(\w+): (.+?)(?=  \w+: |$)")
_KEYS = {"service", "mode", "owner", "group", "when", "each", "comment", "compile"}
_SYNTAX: dict[str, Any] = {"trim_blocks": True, "keep_trailing_newline": True}
_LINE_MARK = "\x01"
_SECRET_MARK = "\x00"  # noqa: S105 - a NUL, which no string of a spec can hold


@garbage.paused()
def render(
    spec: MailDomain, server: str, templates: Path = TEMPLATES, place: Callable[[KeyPath], Place] | None = None
) -> Tree:
    """The tree of one server; raises SpecError as `files` does."""
    return Tree(server, files(spec, server, templates, place), rows(spec, server), Host(spec, server).packages)


def files(
    spec: MailDomain, server: str, templates: Path = TEMPLATES, place: Callable[[KeyPath], Place] | None = None
) -> dict[str, File]:
    """The files of one server, sorted by path.

    Raises SpecError with the template and the line when a template is wrong, or with what `place` says of the spec
    when two make the same file.
    """
    host = Host(spec, server)
    found: dict[str, File] = {}
    problems: list[Problem] = []
    for path, template in _templates(templates, host.os).items():
        try:
            for file in _files(templates, path, template, spec, host):
                if file.path in found:
                    problems.append(_twice(spec, file, found[file.path], place))
                found[file.path] = file
        except (jinja2.TemplateError, AttributeError, KeyError, TypeError) as error:
            problems.append(_problem(templates, template, error))
    if problems:
        raise SpecError(problems)
    return dict(sorted(found.items()))


def prepare(releases: Iterable[str], templates: Path = TEMPLATES) -> None:
    """Compile the templates of some releases, for the forks of this process to come; what is wrong they will say."""
    environment = _environment(templates)
    for template in dict.fromkeys(name for release in releases for name in _templates(templates, release).values()):
        with suppress(jinja2.TemplateError):
            environment.get_template(template)


def template_line(spec: MailDomain, server: str, file: File, line: int, templates: Path = TEMPLATES) -> int:
    """Which line of its template a line of a rendered file comes from; both count from 1."""
    host = Host(spec, server)
    source = (templates / file.template).read_text(encoding="utf-8")
    marked = [
        text if text.startswith(("{%", "{#")) else f"{text}{_LINE_MARK}{number}{_LINE_MARK}"
        for number, text in enumerate(source.split("\n"), 1)
    ]
    path = "/" + file.template.partition("/")[2].removesuffix(".j2")
    for found in _files(templates, path, file.template, spec, host, "\n".join(marked)):
        if found.path == file.path:
            lines = found.text.split("\n")
            numbers = re.findall(f"{_LINE_MARK}([0-9]+){_LINE_MARK}", lines[min(line, len(lines)) - 1])
            return int(numbers[-1]) if numbers else 1
    return 1


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates, where Python would keep compiled modules; without it each run would compile them again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take one that is there."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, unless there is no room or the folder is not ours to write."""
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


@cache
def _environment(templates: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        **_SYNTAX,
        loader=jinja2.FileSystemLoader(templates),
        bytecode_cache=_Compiled(str(templates / "__pycache__"), f"%s-{crc32(repr(_SYNTAX).encode()):08x}.cache"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - configuration files, not HTML; every string of the spec has a strict type
    )
    environment.filters["yesno"] = lambda value: "yes" if value else "no"
    environment.filters["secret"] = lambda value: f"{_SECRET_MARK}{value.name}{_SECRET_MARK}"
    return environment


@cache
def _expression(templates: Path, text: str) -> Callable[..., Any]:
    return _environment(templates).compile_expression(text, undefined_to_none=False)


def _templates(templates: Path, release: str) -> dict[str, str]:
    """Target path -> template; the one of the release wins over the common one."""
    found: dict[str, str] = {}
    for layer in ("common", release):
        for source in sorted((templates / layer).rglob("*.j2")):
            target = "/" + source.relative_to(templates / layer).as_posix().removesuffix(".j2")
            found[target] = source.relative_to(templates).as_posix()
    return dict(sorted(found.items()))


def _files(
    templates: Path, path: str, template: str, spec: MailDomain, host: Host, source: str | None = None
) -> Iterator[File]:
    """The files a template makes: none, one, or one for each item of its header's `each`."""
    environment = _environment(templates)
    if source is None:
        source = (templates / template).read_text(encoding="utf-8")
    match = _HEADER.match(source)
    header = dict(_FIELD.findall(match["fields"])) if match else {}
    if not match or "service" not in header or not _KEYS.issuperset(header):
        raise jinja2.TemplateSyntaxError("line 1 is no header such as {# service: postfix  mode: 0644 #}", 1, template)
    context: dict[str, Any] = {"spec": spec, "host": host}
    if "when" in header and not _expression(templates, header["when"])(**context):
        return
    context["banner"] = (
        f"{header.get('comment', '#')} Managed by mailspec: change the spec or templates/{template}, not this file."
    )
    compiled = environment.from_string(source) if _LINE_MARK in source else environment.get_template(template)
    attributes = {key: header[key] for key in ("service", "mode", "owner", "group", "compile") if key in header}
    name, _, items = header.get("each", "").partition(" in ")
    each = _expression(templates, items)(**context) if items else None
    for item in each or ([] if items else [None]):
        text = compiled.render(**context, **({name: item} if name else {}))
        text = text.removeprefix("\n")  # the header's own line
        yield File(path.format(**{name: item}) if name else path, template=template, parts=_parts(text), **attributes)


def _parts(text: str) -> tuple[Part, ...]:
    pieces = text.split(_SECRET_MARK)
    return tuple(Secret(piece) if index % 2 else piece for index, piece in enumerate(pieces) if piece)


def _twice(spec: MailDomain, file: File, other: File, place: Callable[[KeyPath], Place] | None) -> Problem:
    name = "/".join(file.path.split("/")[-2:])
    template = other.template if "{" in file.template else file.template
    where = Place(f"templates/{file.template}", 1)
    if name in spec.local.rspamd:
        where = place(("local", "rspamd", name)) if place else Place("mail.yml")
    hint = "write `override.d/` instead, or another name"
    return Problem(where, "file-twice", f"`{name}` is what templates/{template} writes already", hint)


def _problem(templates: Path, template: str, error: Exception) -> Problem:
    line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else 0
    trace: TracebackType | None = error.__traceback__
    while trace and not line:
        if trace.tb_frame.f_code.co_filename == str(templates / template):
            line = trace.tb_lineno
        trace = trace.tb_next
    hint = "mend the template; `spec` is the MailDomain and `host` the Host it may ask"
    return Problem(Place(f"templates/{template}", line or 1), "template", str(error), hint)
