"""The plan as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from collections.abc import Iterable, Iterator

from ..statement import FileChange, Plan, Risk, Statement
from . import words
from .changes import changes, folded
from .flow import flow
from .layout import layout
from .literal import element, prose_html
from .picture import picture
from .style import STYLE
from .words import Group

_CLASSES = {"+": "add", "~": "change", "-": "remove"}
_SIGNS = {"+": "+", "~": "~", "-": "−"}  # noqa: RUF001 - as wide as a plus
_SPOKEN = {"+": "new: ", "~": "changed: ", "-": "ends: "}
_SHORT = 30
"""The lines of a difference that is shown without a click."""


def html(plan: Plan) -> str:
    """The page."""
    title = f"Mail plan: {words.headline(plan)}"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{element(title)}</title>",
            f"<style>\n{STYLE}</style></head><body>",
            f"<h1>{element(title)}</h1>",
            f"<p>What <code>{element(plan.target)}</code> does, compared with <code>{element(plan.base)}</code>.</p>",
            *_body(plan),
            f'<p class="closing">{prose_html(words.closing(plan))}</p>',
            "</body></html>\n",
        ]
    )


def _body(plan: Plan) -> Iterator[str]:
    if plan.changes and not plan.statements:
        yield f"<p>{words.SAME}</p>"
    for section in words.sections(plan):
        items = [_statement(plan, group, statement) for group in section.groups for statement in group.statements]
        ask = [f"<p>{prose_html(words.ASK)}</p>"] if section.title == "Danger" and plan.dangers else []
        yield from _section(section.title, [*ask, *_list(items)], section.title.lower())
    if plan.changes:
        yield from _pictures(plan)
    if plan.notices:
        yield from _section(
            "What people will notice", ["<ul>", *(f"<li>{prose_html(n)}" for n in plan.notices), "</ul>"]
        )
    if told := [effect for effect in plan.effects if effect.action != "none"]:
        lines = [f"<li><code>{element(e.server)}</code>: {prose_html(words.effect(e))}" for e in told]
        yield from _section("Services", ["<ul>", *lines, "</ul>"])
    if plan.records:
        records = [_item(r.sign, f"<code>{element(r.record)}</code>", r.reason) for r in plan.records]
        yield from _section("DNS records", _list(records))
    for server in sorted({change.server for change in plan.files}):
        changed = [_file(change) for change in plan.files if change.server == server]
        yield from _section(f"Files of {server}", changed)


def _section(title: str, content: Iterable[str], style: str = "plain") -> Iterator[str]:
    yield (
        f'<section class="{style}"><h2>{prose_html(title)}</h2>' if style else f"<section><h2>{prose_html(title)}</h2>"
    )
    yield from content
    yield "</section>"


def _list(items: Iterable[str]) -> list[str]:
    return ['<ul class="said">', *items, "</ul>"]


def _item(sign: str, text: str, why: str, more: str = "") -> str:
    said = f'<span class="sign" aria-hidden="true">{_SIGNS[sign]}</span><span class="spoken">{_SPOKEN[sign]}</span>'
    reason = f'<span class="why">{prose_html(why)}</span>' if why else ""
    return f'<li class="{_CLASSES[sign]}">{said}{text}{reason}{more}</li>'


def _statement(plan: Plan, group: Group, statement: Statement) -> str:
    risk = f'<span class="risk {statement.risk.word}">{statement.risk.word}</span> ' if statement.risk else ""
    place = words.place(plan, statement)
    where = f' <span class="soft">({element(str(place))})</span>' if place else ""
    more = ""
    if statement.risk is Risk.DANGER:
        reason = plan.acknowledged.get(statement.key)
        told = (
            f"key: <code>{element(statement.key)}</code>" if reason is None else f"acknowledged: {prose_html(reason)}"
        )
        more = f'<span class="why">{told}</span>'
    return _item(statement.sign, f"{risk}{prose_html(statement.text)}{where}", group.reason, more)


def _file(change: FileChange) -> str:
    lines = words.diff_lines(change)
    more, less = words.diff_size(change)
    state = " open" if len(lines) <= _SHORT else ""
    name = f"{change.sign} <code>{element(change.path)}</code> (+{more:,} −{less:,})"  # noqa: RUF001
    return f"<details{state}><summary>{name}</summary><pre>{''.join(map(_diff_line, lines))}</pre></details>"


def _diff_line(line: str) -> str:
    tag = {"+": "ins", "-": "del"}.get(line[:1])
    safe = "\t".join(element(part) for part in line.split("\t"))
    return f"<{tag}>{safe}</{tag}>" if tag else f"{safe}\n"


def _pictures(plan: Plan) -> Iterator[str]:
    whole = changes(flow(plan.before), flow(plan.after))
    found = folded(whole)
    places = layout(found)
    yield "<section><h2>The way of mail</h2>"
    if not whole.any:
        yield "<p>It stays as it is:</p>"
        yield f"<figure>{picture(found, places, 'after', 'The way of mail')}</figure></section>"
        return
    yield _LEGEND
    yield '<div class="views">'
    for view, label in (("both", "both"), ("before", "only before"), ("after", "only after")):
        checked = " checked" if view == "both" else ""
        yield f'<input type="radio" name="view" id="view-{view}"{checked}><label for="view-{view}">{label}</label>'
    for side in ("before", "after"):
        drawing = picture(found, places, side, f"The way of mail {side} the change")
        yield f'<figure class="{side}"><figcaption>{side.capitalize()}</figcaption>{drawing}</figure>'
    yield "</div></section>"


_LEGEND = (
    '<p class="soft">Mail goes from left to right. <b>+</b> and green: only after the change. <b>−</b>, red and '  # noqa: RUF001
    "struck through: only before it. <b>~</b> and amber: different. A box with a dotted edge "
    "stands for many, an empty one for what only the other picture has.</p>"
)
