"""The plan as a comment on a pull request: the dangers in sight, the rest folded, and an honest cut above the limit."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..statement import Effect, FileChange, Plan, Risk, Statement
from . import words
from .literal import block, code, element, prose
from .words import Group

LIMIT = 65_000
"""The most characters of a comment: GitHub refuses more than 65,536."""

_RESERVE = 1_200
"""Kept for the sentence that says what was left out."""

_SIGHT = 12
"""How many safe statements of an area stand in sight; more are folded."""

_NOUNS = {
    Risk.DANGER: ("danger", "dangers"),
    Risk.REVIEW: ("statement to review", "statements to review"),
    Risk.SAFE: ("safe statement", "safe statements"),
}

_MINUS = {"+": "+", "~": "~", "-": "−"}  # noqa: RUF001 - a hyphen in bold is easily overlooked


@dataclass(frozen=True)
class Item:
    """Something the comment shows if there is room."""

    text: str
    rank: int
    """What is more important has a lower one."""
    noun: tuple[str, str]
    """What it is called when it is left out, one and many."""
    short: str = ""
    """What stands there instead, if there is room for that."""


@dataclass
class Part:
    """A title and its items; folded unless it is urgent."""

    title: str
    items: list[Item] = field(default_factory=list)
    folded: bool = False
    intro: str = ""


def marker(plan: Plan) -> str:
    """The first line of a comment, which nobody sees: the next run finds the comment by it."""
    name = re.sub(r"[^A-Za-z0-9._/]+|-{2,}", "-", plan.target).strip("-")
    return f"<!-- mailspec plan {name} -->"


def markdown(plan: Plan, limit: int = LIMIT) -> str:
    """The comment, never longer than the limit; what does not fit is counted."""
    head = f"{marker(plan)}\n### Mail plan: {words.headline(plan)}\n\n"
    head += f"What {code(plan.target)} does, compared with {code(plan.base)}.\n"
    if plan.changes and not plan.statements:
        head += f"\n{words.SAME}\n"
    tail = f"\n**{prose(words.closing(plan))}**\n"
    parts = list(_parts(plan))
    frames = sum(len(_frame(part, "")) for part in parts)
    shown, left = _fitting(parts, limit - len(head) - len(tail) - frames - _RESERVE)
    body = "".join(_frame(part, _lines(part, shown)) for part in parts)
    return head + body + _cut(plan, left, limit) + tail


def _parts(plan: Plan) -> Iterator[Part]:
    for section in words.sections(plan):
        urgent = [item for group in section.groups if group.risk for item in _group(plan, group)]
        safe = [item for group in section.groups if not group.risk for item in _group(plan, group)]
        if len(safe) <= _SIGHT:
            urgent, safe = urgent + safe, []
        if urgent:
            yield Part(section.title, urgent, intro=words.ASK if section.title == "Danger" and plan.dangers else "")
        if safe:
            yield Part(f"{section.title}, safe", safe, folded=True)
    if plan.notices:
        yield Part("What people will notice", [Item(f"- {prose(n)}", 1, ("notice", "notices")) for n in plan.notices])
    if told := [effect for effect in plan.effects if effect.action != "none"]:
        yield Part("Services", [_effect(effect) for effect in told], folded=len(told) > _SIGHT)
    if plan.records:
        yield Part("DNS records", [_record(r.sign, r.record, r.reason) for r in plan.records], folded=True)
    if plan.files:
        yield Part("Files", [_file(plan, change) for change in plan.files], folded=True)


def _group(plan: Plan, group: Group) -> Iterator[Item]:
    many = len(group.statements) > 1 and bool(group.reason)
    keys = len(group.statements) <= _SIGHT
    head = f"- {'**review** ' if group.risk is Risk.REVIEW else ''}because {prose(group.reason)}" if many else ""
    if not keys and plan.dangers and group.risk is Risk.DANGER:
        head += f"; each has a key, such as {code(group.statements[0].key)}"
    for statement in group.statements:
        text = _statement(plan, statement, alone=not many, key=keys)
        if many:
            text = f"{head}:\n" * bool(head) + "\n".join(f"  {line}" for line in text.split("\n"))
            head = ""
        yield Item(text, 2 - group.risk, _NOUNS[group.risk])


def _statement(plan: Plan, statement: Statement, *, alone: bool, key: bool) -> str:
    risk = "**review** " if statement.risk is Risk.REVIEW and alone else ""
    place = words.place(plan, statement)
    lines = [f"- **{_MINUS[statement.sign]}** {risk}{prose(statement.text)}{f' ({code(str(place))})' if place else ''}"]
    if statement.reason and alone:
        lines.append(f"why: {prose(statement.reason)}")
    if statement.risk is Risk.DANGER:
        reason = plan.acknowledged.get(statement.key)
        if reason is not None:
            lines.append(f"acknowledged: {prose(reason)}")
        elif key:
            lines.append(f"key: {code(statement.key)}")
    return "<br>\n  ".join(lines)


def _effect(effect: Effect) -> Item:
    text = f"- {code(effect.server)}: {prose(words.effect(effect))}"
    return Item(text, 3, ("service", "services"))


def _record(sign: str, record: str, reason: str) -> Item:
    why = f"<br>\n  {prose(reason)}" if reason else ""
    return Item(f"- **{_MINUS[sign]}** {code(record)}{why}", 4, ("DNS record", "DNS records"))


def _file(plan: Plan, change: FileChange) -> Item:
    more, less = words.diff_size(change)
    server = f"{element(change.server)} " if len({*plan.before.servers, *plan.after.servers}) > 1 else ""
    name = f"{server}<code>{element(change.path)}</code> (+{more:,} {_MINUS['-']}{less:,})"
    diff = block("\n".join(words.diff_lines(change)), "diff")
    text = f"<details><summary>{change.sign} {name}</summary>\n\n{diff}\n\n</details>\n"
    return Item(text, 5, ("file", "files"), short=f"- **{_MINUS[change.sign]}** {name}: too long to show here\n")


def _fitting(parts: list[Part], room: int) -> tuple[dict[int, str], Counter[tuple[str, str]]]:
    """What is shown of each item, by its identity, and how many of what are not."""
    shown: dict[int, str] = {}
    left: Counter[tuple[str, str]] = Counter()
    full: set[tuple[str, str]] = set()
    for item in sorted((item for part in parts for item in part.items), key=lambda item: item.rank):
        for text in (item.text, item.short):
            if text and len(text) + 1 <= room and (item.short or item.noun not in full):
                shown[id(item)] = text
                room -= len(text) + 1
                break
        else:
            full.add(item.noun)  # what comes after it stays out too, however short: the list ends at one place
            left[item.noun] += 1
    return shown, left


def _lines(part: Part, shown: dict[int, str]) -> str:
    lines = [shown[id(item)] for item in part.items if id(item) in shown]
    if missing := len(part.items) - len(lines):
        lines.append(f"- and {missing:,} more" if lines else f"- {missing:,}, not shown here")
    return "\n".join(lines)


def _frame(part: Part, body: str) -> str:
    if part.folded:
        title = f"{element(part.title)}: {len(part.items):,}"
        return f"\n<details><summary>{title}</summary>\n\n{body}\n\n</details>\n"
    intro = f"{prose(part.intro)}\n\n" if part.intro else ""
    return f"\n#### {prose(part.title)}\n\n{intro}{body}\n"


def _cut(plan: Plan, left: Counter[tuple[str, str]], limit: int) -> str:
    if not left:
        return ""
    told = words.joined(words.counted(count, *noun) for noun, count in left.items())
    command = code(f"mailspec plan {plan.target} --base {plan.base}")
    head = f"**Not everything is here**: a comment holds {limit:,} characters."
    return f"\n{head} Left out: {told}; {command} shows all.\n"
