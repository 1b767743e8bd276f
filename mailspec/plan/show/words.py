"""What every printer says in the same words: the order of the sections, the counts, the last line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ...problem import Place
from ..risk import AREAS, KINDS
from ..statement import Effect, FileChange, Plan, Risk, Statement

_DEEDS = {"stop": "stops", "restart": "restarts", "reload": "reloads", "start": "starts"}
"""What happens to services, in the order it is said; the greatest nuisance first."""


@dataclass(frozen=True)
class Group:
    """Statements that carry the same risk for the same reason."""

    risk: Risk
    reason: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Section:
    """A part of the plan under one title."""

    title: str
    groups: tuple[Group, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the section, in the order it is shown."""
        return tuple(statement for group in self.groups for statement in group.statements)


def sections(plan: Plan) -> list[Section]:
    """The statements as people read them: what is dangerous first, the rest by area."""
    danger = [statement for statement in plan.statements if statement.risk is Risk.DANGER]
    found = [Section("Danger", _groups(danger))] if danger else []
    for name in AREAS:
        here = [s for s in plan.statements if s.risk is not Risk.DANGER and area(s.id) == name]
        if here:
            found.append(Section(name, _groups(here)))
    return found


def area(kind: str) -> str:
    """The title a kind of statement stands under."""
    return KINDS[kind].area if kind in KINDS else AREAS[-1]


def _groups(statements: Iterable[Statement]) -> tuple[Group, ...]:
    """The greatest risk first, then in the order of the plan."""
    ordered = sorted(statements, key=lambda s: (-s.risk, s.id, s.reason))
    return tuple(Group(risk, reason, tuple(here)) for (risk, _, reason), here in groupby(ordered, _kind))


def _kind(statement: Statement) -> tuple[Risk, str, str]:
    return statement.risk, statement.id if statement.reason else "", statement.reason


def plain(text: str) -> str:
    r"""The text with an escape for each character that does not print, tabs and line ends excepted.

    >>> plain("a\x1b[31m")
    'a\\x1b[31m'
    """
    return "".join(c if c.isprintable() or c in "\t\n" else ascii(c)[1:-1] for c in text)


def line(text: str) -> str:
    """The same on one line."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun.

    >>> counted(1200, "danger", "dangers")
    '1,200 dangers'
    """
    return f"{count:,} {one if count == 1 else many}"


def joined(words: Iterable[str]) -> str:
    """A list as a sentence has it: `a, b and c`."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def place(plan: Plan, statement: Statement) -> Place | None:
    """Where the spec says so."""
    return plan.places.get(statement.key)


def headline(plan: Plan) -> str:
    """How many of which risk: `1 danger, 2 to review, 3 safe`."""
    if not plan.changes:
        return "no changes"
    counts = {risk: sum(statement.risk is risk for statement in plan.statements) for risk in Risk}
    known = counts[Risk.DANGER] - len(plan.dangers)
    named = {
        Risk.DANGER: counted(counts[Risk.DANGER], "danger", "dangers")
        + (f" ({known:,} acknowledged)" if known else ""),
        Risk.REVIEW: f"{counts[Risk.REVIEW]:,} to review",
        Risk.SAFE: f"{counts[Risk.SAFE]:,} safe",
    }
    return ", ".join(text for risk, text in named.items() if counts[risk]) or "nothing changes in mail terms"


SAME = "Nothing changes in mail terms: what differs below says the same in other words."
"""Stands where the statements would."""


ASK = "Each danger waits for a yes: name its key in `acknowledge` of the spec, with the reason, or by `--allow`."
"""Stands above dangers that nobody has acknowledged."""


def closing(plan: Plan) -> str:
    """The last line of every plan."""
    if not plan.changes:
        return f"No changes: {line(plan.target)} does what {line(plan.base)} did"
    add, change, remove = (sum(s.sign == sign for s in plan.statements) for sign in "+~-")
    told = f"Plan: {add:,} to add, {change:,} to change, {remove:,} to remove."
    if waiting := len(plan.dangers):
        told += f" {counted(waiting, 'danger needs', 'dangers need')} a yes."
    return f"{told} {disturbance(plan)}"


def disturbance(plan: Plan) -> str:
    """What services feel: `Restarts dovecot, reloads postfix.`"""
    told = []
    for action, word in _DEEDS.items():
        here = [effect for effect in plan.effects if effect.action == action]
        for servers, services in _by_servers(here).items():
            where = f" on {joined(servers)}" if len(plan.after.servers) > 1 else ""
            told.append(f"{word} {joined(services)}{where}")
    text = ", ".join(told) or "reloads nothing"
    return f"{text[0].upper()}{text[1:]}."


def _by_servers(effects: list[Effect]) -> dict[tuple[str, ...], list[str]]:
    """Services by the servers they have in common."""
    where: dict[str, list[str]] = {}
    for effect in effects:
        where.setdefault(effect.service, []).append(effect.server)
    found: dict[tuple[str, ...], list[str]] = {}
    for service, servers in sorted(where.items()):
        found.setdefault(tuple(sorted(set(servers))), []).append(service)
    return found


def effect(told: Effect) -> str:
    """One service in a sentence: `postfix reloads, because of /etc/postfix/main.cf`; a new one needs no reason."""
    why = f", because of {told.why}" if told.action in {"reload", "restart"} and told.why else ""
    return f"{told.service} {_DEEDS.get(told.action, 'is left alone')}{why}"


def diff_lines(change: FileChange) -> list[str]:
    """The lines of a diff without the two that name the files."""
    lines = change.diff.rstrip("\n").split("\n")
    if len(lines) > 1 and lines[0].startswith("--- ") and lines[1].startswith("+++ "):
        lines = lines[2:]
    return [plain(text) for text in lines]


def diff_size(change: FileChange) -> tuple[int, int]:
    """How many lines come and go."""
    lines = diff_lines(change)
    return sum(text.startswith("+") for text in lines), sum(text.startswith("-") for text in lines)
