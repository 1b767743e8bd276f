"""The plan for a terminal: signs and words say everything, colour only repeats it."""

import shlex
from collections.abc import Iterator

from ..statement import Plan, Risk, Statement
from . import words
from .words import Section

_COLOURS = {"+": "32", "~": "33", "-": "31", "@": "36", "Danger": "1;31", "title": "1", "danger": "31", "review": "33"}


def text(plan: Plan, *, diff: bool = True, colour: bool = False) -> str:
    """The plan as lines of text; `diff` adds the content of the files."""
    lines = [line for part in _parts(plan, diff=diff) for line in (*part, "")]
    lines.append(words.closing(plan))
    painted = [_painted(line) for line in lines] if colour else [line for _, line in map(_split, lines)]
    return "\n".join(painted) + "\n"


def _parts(plan: Plan, *, diff: bool) -> Iterator[list[str]]:
    if plan.changes and not plan.statements:
        yield [words.SAME]
    for section in words.sections(plan):
        yield _section(plan, section)
    if plan.notices:
        yield [_mark("title", "What people will notice"), *(f"  {words.line(notice)}" for notice in plan.notices)]
    if told := [effect for effect in plan.effects if effect.action != "none"]:
        yield [
            _mark("title", "Services"),
            *(f"  {words.line(f'{effect.server}: {words.effect(effect)}')}" for effect in told),
        ]
    if plan.records:
        yield [_mark("title", "DNS records"), *_records(plan)]
    for server in sorted({change.server for change in plan.files}):
        yield [_mark("title", f"Files of {words.line(server)}"), *_files(plan, server, diff=diff)]


def _section(plan: Plan, section: Section) -> list[str]:
    lines = [_mark("Danger" if section.title == "Danger" else "title", section.title)]
    for group in section.groups:
        many = len(group.statements) > 1 and bool(group.reason)
        if many:
            lines.append(_mark(group.risk.word, f"  because {words.line(group.reason)}:"))
        for statement in group.statements:
            told = _statement(plan, statement)
            if group.reason and not many:
                told.insert(1, f"      why: {words.line(group.reason)}")
            lines += [_indented(line) if many else line for line in told]
    return lines


def _statement(plan: Plan, statement: Statement) -> list[str]:
    risk = f" [{statement.risk.word}]" if statement.risk else ""
    place = words.place(plan, statement)
    where = f" ({words.line(str(place))})" if place else ""
    lines = [_mark(statement.sign, f"  {statement.sign}{risk} {words.line(statement.text)}{where}")]
    if statement.risk is Risk.DANGER:
        reason = plan.acknowledged.get(statement.key)
        key = shlex.quote(words.line(statement.key))
        lines.append(
            f"      allow it: --allow {key}" if reason is None else f"      acknowledged: {words.line(reason)}"
        )
    return lines


def _records(plan: Plan) -> Iterator[str]:
    for record in plan.records:
        yield _mark(record.sign, f"  {record.sign} {words.line(record.record)}")
        if record.reason:
            yield f"      {words.line(record.reason)}"


def _files(plan: Plan, server: str, *, diff: bool) -> Iterator[str]:
    for change in plan.files:
        if change.server != server:
            continue
        more, less = words.diff_size(change)
        yield _mark("title", f"  {change.sign} {words.line(change.path)} (+{more:,} -{less:,})")
        if diff:
            for line in words.diff_lines(change):
                yield _mark(line[:1], f"    {line}") if line[:1] in {"+", "-", "@"} else f"    {line}"


_MARK = "\x00"
"""Stands between the name of a colour and its line: no text that is shown can hold it."""


def _mark(name: str, line: str) -> str:
    return f"{name}{_MARK}{line}"


def _indented(line: str) -> str:
    name, rest = _split(line)
    return _mark(name, f"  {rest}")


def _split(line: str) -> tuple[str, str]:
    name, mark, rest = line.partition(_MARK)
    return (name, rest) if mark else ("", line)


def _painted(line: str) -> str:
    name, rest = _split(line)
    code = _COLOURS.get(name)
    return f"\x1b[{code}m{rest}\x1b[0m" if code else rest
